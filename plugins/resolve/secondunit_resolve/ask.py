"""A small window that asks for a line of text or shows a message.

Run as a program, outside Resolve: Tk inside Resolve's process can bring it down.

    python ask.py ask TITLE QUESTION      prints the answer; ends with 1 if cancelled
    python ask.py say TITLE MESSAGE
"""

import subprocess
import sys


def ask(question, command, title="Second Unit"):
    """The typed line, or None if cancelled or if no window can be opened."""
    answer = _run(command, "ask", title, question)
    return answer.stdout.strip() or None if answer is not None and answer.returncode == 0 else None


def say(message, command, title="Second Unit"):
    """Show a message in a window; it is printed in Resolve's console in any case."""
    print(f"{title}: {message}")
    _run(command, "say", title, message)


def _run(command, *words):
    try:
        return subprocess.run([*command, *words], capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError:
        return None


def _main(action, title, text):
    import tkinter
    from tkinter import messagebox, simpledialog

    root = tkinter.Tk()
    root.withdraw()
    root.attributes("-topmost", True)
    if action == "say":
        messagebox.showinfo(title, text, parent=root)
        return 0
    answer = simpledialog.askstring(title, text, parent=root)
    if answer is None:
        return 1
    print(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:4]))
