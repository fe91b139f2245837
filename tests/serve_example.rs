//! `examples/serve`: the API on a port of this machine.
#![cfg(all(not(target_arch = "wasm32"), feature = "tower"))]
#![allow(clippy::unwrap_used, reason = "a test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};

const PHONE: &str = "+34600000001";

/// A server that ends with its test.
struct Server {
    process: Child,
    lines: BufReader<ChildStdout>,
    address: String,
}

/// Cargo builds it with the tests, but for those that are named one by one.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().unwrap().with_file_name("examples");
    let program = folder.join(format!("serve{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "build it first: cargo build --example serve --features tower"
    );
    program
}

impl Server {
    fn start(options: &[&str]) -> Self {
        let mut process = Command::new(program())
            .args(["--port", "0"])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let address = first.split(' ').nth(2).unwrap().to_owned();
        assert!(address.starts_with("http://127.0.0.1:"), "{first}");
        Self {
            process,
            lines,
            address,
        }
    }

    /// The next line that says this.
    fn line(&mut self, what: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).unwrap();
            assert!(read > 0, "it ended without saying {what}");
            if line.contains(what) {
                return line;
            }
        }
    }

    fn create(&self, phone: &str, webhook: &str) -> Value {
        let body = json!({
            "device": { "phoneNumber": phone },
            "applicationServer": { "ipv4Address": "198.51.100.10" },
            "qosProfile": "QOS_E",
            "duration": 86_400,
            "webhook": {
                "notificationUrl": webhook,
                "notificationAuthToken": "a-token-of-twenty-one",
            },
        });
        let sent = ureq::post(format!("{}/sessions", self.address))
            .header("content-type", "application/json")
            .send(body.to_string());
        let mut answer = sent.unwrap();
        assert_eq!(answer.status(), 201);
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended by itself there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Answers one request after the other with these statuses; what came, in the end.
fn receiver(statuses: &'static [u16]) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let answer = |status: &u16| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let start = head.len();
                reader.read_line(&mut head).unwrap();
                let line = head.get(start..).unwrap().trim().to_ascii_lowercase();
                if let Some(value) = line.strip_prefix("content-length: ") {
                    length = value.parse().unwrap();
                }
                if line.is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let end = "content-length: 0\r\nconnection: close\r\n\r\n";
            write!(stream, "HTTP/1.1 {status} Set\r\n{end}").unwrap();
            head + &String::from_utf8(body).unwrap()
        };
        statuses.iter().map(answer).collect()
    });
    (url, answering)
}

#[test]
fn sessions_live_on_its_clock_and_are_told_of() {
    let mut server = Server::start(&["--auth", "off", "--speed", "3600"]);
    let session = server.create(PHONE, "https://nowhere.example/hook");
    let id = session["sessionId"].as_str().unwrap();
    server.line("POST /qod/v0/sessions 201");
    server.line(&format!("session {id} AVAILABLE, granted"));
    // Nothing leaves it unless that is asked for.
    server.line("attempt 1: not sent: --deliver posts it");
    let mut got = ureq::get(format!("{}/sessions/{id}", server.address))
        .call()
        .unwrap();
    let got = got.body_mut().read_to_string().unwrap();
    assert!(got.contains("\"AVAILABLE\""), "{got}");
}

#[test]
fn tokens_are_asked_for_and_refusals_explained() {
    let mut server = Server::start(&["--dialect", "telefonica"]);
    server.line("Authorization: Bearer mock_sandbox_access_token");
    let agent = ureq::Agent::from(
        ureq::config::Config::builder()
            .http_status_as_error(false)
            .build(),
    );
    let url = format!("{}/qos-profiles", server.address);
    let mut refused = agent
        .get(&url)
        .header("origin", "https://page.example")
        .call()
        .unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(
        refused
            .headers()
            .get("access-control-allow-origin")
            .unwrap(),
        "*"
    );
    let body = refused.body_mut().read_to_string().unwrap();
    assert!(body.contains("\"UNAUTHORIZED\""), "{body}");
    let line = server.line("GET /qod/v0/qos-profiles 401: ");
    assert!(line.contains("Authorization header"), "{line}");
}

#[test]
fn webhooks_are_posted_and_tried_again() {
    let (url, receiver) = receiver(&[503, 204]);
    let options = [
        "--auth",
        "off",
        "--speed",
        "60",
        "--deliver",
        "--attempts",
        "2",
    ];
    let mut server = Server::start(&options);
    server.create(PHONE, &url);
    server.line("attempt 1: refused 503");
    server.line("attempt 2: delivered 204");
    for received in receiver.join().unwrap() {
        assert!(
            received.starts_with("POST /hook HTTP/1.1\r\n"),
            "{received}"
        );
        assert!(
            received
                .to_ascii_lowercase()
                .contains("authorization: bearer a-token")
        );
        assert!(
            received.contains(r#""qosStatus":"AVAILABLE""#),
            "{received}"
        );
    }
}

#[test]
fn what_is_neither_https_nor_on_this_machine_is_not_posted_to() {
    let mut server = Server::start(&["--auth", "off", "--speed", "3600", "--deliver"]);
    server.create(PHONE, "http://nowhere.example/hook");
    server.line("attempt 1: failed (over http, only this machine is posted to");
    server.create("+34600000002", "https://user:secret@nowhere.example/hook");
    server.line("attempt 1: failed (a URL with a user or a password in it");
}

#[test]
fn errors_name_what_is_allowed() {
    for (options, named) in [
        (["--scenario", "granted"], "granted-at-once"),
        (["--speed", "0"], "from 1 to 86400"),
        (["--dialect", "gsma"], "camara, telefonica"),
        (["--auth", "on"], "required, off"),
        (["--port", "70000"], "0..=65535"),
        (["--attempts", "2"], "--deliver"),
    ] {
        let Output { status, stderr, .. } = Command::new(program()).args(options).output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert!(!status.success(), "{options:?}");
        assert!(stderr.contains(named), "{options:?}: {stderr}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let Output { status, stderr, .. } = Command::new(program())
        .args(["--port", &port])
        .output()
        .unwrap();
    assert!(!status.success());
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(stderr.contains("choose another with --port"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let mut server = Server::start(&[]);
    let pid = server.process.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    assert!(server.process.wait().unwrap().success());
}
