"""The HTTP and WebSocket door on loopback, for hosts that cannot speak gRPC: Premiere, web tools, REST clients.

    POST /secondunit.v1.JobService/GetJob     every call of the contract, JSON in Connect's wire form (`calls.py`)
    GET  /socket                              greeting, watches that resume, beats (`web_socket.py`)
    GET  /media?path=...                      a file of a project, with ranges (`media.py`)
    /v1/videos                                the REST interface that Sora had (`videos/`)

Where no network is allowed, `mailbox.py` takes the same calls as files in a folder. Who may come in: `guard.py`.
"""
