"""A browser without a window, driven over its debugging protocol; nothing but Python is needed."""
import base64
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
# Nothing of what a browser does besides showing a page: it shall ask nobody for anything.
OPTIONS = ["--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--disable-extensions", "--disable-dev-shm-usage", "--remote-debugging-port=0"]


class Socket:
    """The client's side of a WebSocket (RFC 6455), as far as a browser needs it."""

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self.take(1)
        if b" 101 " not in answer.split(b"\r\n")[0]:
            raise ConnectionError(answer.decode())

    def take(self, n):
        data = b""
        while len(data) < n:
            part = self.socket.recv(n - len(data))
            if not part:
                raise ConnectionError("the browser hung up")
            data += part
        return data

    def send(self, text):
        data, mask = text.encode(), os.urandom(4)
        n = len(data)
        head = (bytes([0x81, 0x80 | n]) if n < 126
                else bytes([0x81, 0xFE]) + struct.pack(">H", n) if n < 65536
                else bytes([0x81, 0xFF]) + struct.pack(">Q", n))
        self.socket.sendall(head + mask + bytes(c ^ mask[i % 4] for i, c in enumerate(data)))

    def receive(self):
        text = b""
        while True:
            first, second = self.take(2)
            n = second & 0x7F
            if n == 126:
                n = struct.unpack(">H", self.take(2))[0]
            elif n == 127:
                n = struct.unpack(">Q", self.take(8))[0]
            data = self.take(n)
            if first & 0x0F not in (0, 1):
                continue  # pings and the like
            text += data
            if first & 0x80:
                return json.loads(text)


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="casus-browser-")
        options = OPTIONS + ([] if os.geteuid() else ["--no-sandbox"])
        self.process = subprocess.Popen(
            [PROGRAM, *options, f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = pathlib.Path(self.folder) / "DevToolsActivePort"
        for _ in range(600):
            if port_file.exists() and len(port_file.read_text().split()) > 1:
                break
            time.sleep(0.1)
        port = int(port_file.read_text().split()[0])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            page = next(p for p in json.load(answer) if p["type"] == "page")
        self.socket = Socket(port, "/" + page["webSocketDebuggerUrl"].split("/", 3)[3])
        self.number, self.events = 0, []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = self.socket.receive()
            if message.get("id") != self.number:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            else:
                return message["result"]

    def open(self, path, width=1200, dark=False, scripts=True):
        self.events.clear()
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900,
                 deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", media="screen", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.ask("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.ask("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        while not any(e["method"] == "Page.loadEventFired" for e in self.events):
            self.events.append(self.socket.receive())

    def run(self, script):
        """The value of an expression of JavaScript; of a page without scripts too."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True,
                          awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def key(self, name, code=0):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name,
                     windowsVirtualKeyCode=code, text="\r" if name == "Enter" and kind == "keyDown" else "")

    def messages(self):
        """What the console was told, errors of scripts and of the policy included."""
        self.run("new Promise(done => setTimeout(done, 50))")
        told = [e for e in self.events if e["method"] in
                ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")]
        return [json.dumps(e["params"])[:500] for e in told]

    def requests(self):
        """What was asked for besides the page itself."""
        asked = [e["params"]["request"]["url"] for e in self.events
                 if e["method"] == "Network.requestWillBeSent"]
        return asked[1:]

    def picture(self, path):
        size = self.run("[document.documentElement.scrollWidth,"
                        " document.documentElement.scrollHeight]")
        answer = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                          clip={"x": 0, "y": 0, "width": size[0], "height": min(size[1], 16000),
                                "scale": 1})
        pathlib.Path(path).write_bytes(base64.b64decode(answer["data"]))

    def pdf(self):
        """As it is printed: by the style sheet's rules for paper, in daylight."""
        self.ask("Emulation.setEmulatedMedia", media="print", features=[
            {"name": "prefers-color-scheme", "value": "light"}])
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True,
                                         paperWidth=8.27, paperHeight=11.69)["data"])
