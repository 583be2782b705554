"""What can go wrong between the editor and us: one sentence, and what to do."""


class Trouble(Exception):
    """An error to show to the editor. `mend` says what to do next."""

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(f"{message} {mend}".strip())
        self.message = message
        self.mend = mend
