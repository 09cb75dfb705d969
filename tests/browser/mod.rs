//! A browser for tests: Chromium, driven through its driver by the WebDriver protocol, which is JSON over HTTP.
//!
//! Debian has both as `chromium` and `chromium-driver`; `.ci/run` installs them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// A browser that has not answered after this time never will.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// A browser with a window of that size; `None`, and a word about it, where there is none. CI must have one.
    pub fn start(name: &str, width: u32, height: u32) -> Option<Browser> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = match command.spawn() {
            Ok(driver) => driver,
            Err(error) => {
                let missing = format!("chromedriver does not start ({error}): install chromium and chromium-driver");
                assert!(std::env::var_os("CI").is_none(), "{missing}");
                eprintln!("NOT TESTED: {missing}");
                return None;
            }
        };
        let port = port(&mut driver);
        let profile = std::env::temp_dir().join(format!("gilbox-browser-{}-{name}", std::process::id()));
        let mut browser = Browser { driver, port, session: String::new(), profile };
        let session = browser.post("session", &capabilities(&browser.profile, width, height));
        browser.session = session["sessionId"].as_str().expect("a session").to_string();
        Some(browser)
    }

    pub fn open(&self, page: &Path) {
        self.ask("url", json!({"url": format!("file://{}", page.display())}));
        self.run("if (!document.documentElement.dataset.ready) throw new Error('the page did not come alive')");
    }

    /// What the script returns.
    pub fn run(&self, script: &str) -> Value {
        self.ask("execute/sync", json!({"script": script, "args": []}))
    }

    /// The text that is visible in the first element that the selector finds.
    pub fn text(&self, selector: &str) -> String {
        let text = self.run(&format!("return document.querySelector({selector:?}).innerText"));
        text.as_str().expect("a text").to_string()
    }

    /// Presses keys, one after the other, in the element that has the focus.
    pub fn press(&self, keys: &[&str]) {
        let strokes = keys.iter().flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key})));
        let strokes: Vec<Value> = strokes.collect();
        self.ask("actions", json!({"actions": [{"type": "key", "id": "keys", "actions": strokes}]}));
    }

    /// Does with the mouse what is said, in the protocol's words.
    pub fn point(&self, actions: Value) {
        let mouse =
            json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions});
        self.ask("actions", json!({"actions": [mouse]}));
    }

    /// Turns the wheel at a point of the window.
    pub fn wheel(&self, x: i64, y: i64, by: i64) {
        let turn = json!({"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by, "duration": 0});
        self.ask("actions", json!({"actions": [{"type": "wheel", "id": "wheel", "actions": [turn]}]}));
    }

    /// As if the system had this scheme: light or dark.
    pub fn prefer(&self, scheme: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.ask("goog/cdp/execute", json!({"cmd": "Emulation.setEmulatedMedia", "params": media}));
    }

    /// What the console has been told since it was asked last: errors, warnings, refusals.
    pub fn console(&self) -> Vec<String> {
        let log = self.ask("se/log", json!({"type": "browser"}));
        log.as_array().into_iter().flatten().map(|entry| entry["message"].to_string()).collect()
    }

    fn ask(&self, what: &str, parameters: Value) -> Value {
        self.post(&format!("session/{}/{what}", self.session), &parameters)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let length = body.len();
        let request = format!("POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}");
        let (status, answer) = self.send(&request).expect("the driver answers in time");
        assert!(status.starts_with("HTTP/1.1 200"), "{answer}");
        answer["value"].clone()
    }

    /// The answer's status and body.
    fn send(&self, request: &str) -> std::io::Result<(String, Value)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.write_all(request.as_bytes())?;
        answer(stream)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser with the session; if the driver is killed, the browser stays.
        if !self.session.is_empty() {
            let _ = self.send(&format!("DELETE /session/{} HTTP/1.1\r\nHost: localhost\r\n\r\n", self.session));
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// The status and the body of an answer; the driver keeps the connection open behind it.
fn answer(stream: TcpStream) -> std::io::Result<(String, Value)> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream);
    let (mut status, mut length) = (String::new(), 0);
    reader.read_line(&mut status)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((status, serde_json::from_slice(&body)?))
}

/// The port that the driver has chosen, as it says on its output.
fn port(driver: &mut Child) -> u16 {
    let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
    let started = lines
        .find_map(|line| line.ok()?.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok());
    started.expect("the driver says its port")
}

fn capabilities(profile: &Path, width: u32, height: u32) -> Value {
    let mut flags: Vec<String> = [
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Containers give root no sandbox, and little shared memory.
        "--no-sandbox",
        "--disable-dev-shm-usage",
    ]
    .map(String::from)
    .to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={width},{height}"));
    json!({"capabilities": {"alwaysMatch": {
        "goog:chromeOptions": {"args": flags},
        "goog:loggingPrefs": {"browser": "ALL"},
    }}})
}
