//! The server over a real socket.

use std::env::temp_dir;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::id;
use std::sync::Arc;

use super::{Reload, Server, listen};

fn ask(server: &Server, request: &str) -> String {
    let mut connection = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(
        connection,
        "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_folder_is_served_with_its_headers() {
    let root = temp_dir().join(format!("xtask-server-{}", id()));
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("index.html"), "<p>Hello").unwrap();
    let server = Server::start(listen(0).unwrap(), root.clone(), None).unwrap();

    let answer = ask(&server, "GET /?a=b");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body, "<p>Hello");
    for line in [
        "Content-Type: text/html; charset=utf-8",
        "Content-Length: 8",
        "Cache-Control: no-store",
        "Access-Control-Allow-Origin: *",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'; style-src 'self'",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }

    let answer = ask(&server, "HEAD /index.html");
    assert!(
        answer.contains("Content-Length: 8") && answer.ends_with("\r\n\r\n"),
        "{answer}"
    );
    let answer = ask(&server, "GET /../Cargo.toml");
    assert!(
        answer.starts_with("HTTP/1.1 404") && answer.contains("text/plain"),
        "{answer}"
    );
    let answer = ask(&server, "POST /");
    assert!(
        answer.starts_with("HTTP/1.1 405") && answer.contains("Allow: GET, HEAD"),
        "{answer}"
    );
    fs::remove_dir_all(&root).unwrap();
}

#[test]
fn pages_are_told_to_reload() {
    let root = temp_dir().join(format!("xtask-reload-{}", id()));
    fs::create_dir_all(&root).unwrap();
    fs::write(root.join("index.html"), "<p>Hello").unwrap();
    let reload = Arc::new(Reload::default());
    let server =
        Server::start(listen(0).unwrap(), root.clone(), Some(Arc::clone(&reload))).unwrap();

    assert!(ask(&server, "GET /").contains("<script src=\"/__reload.js\">"));
    assert!(ask(&server, "GET /__reload.js").contains("EventSource"));

    let mut page = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(page, "GET /__reload HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut seen = String::new();
    read_until(&mut page, &mut seen, "listening\n\n");
    reload.tell();
    read_until(&mut page, &mut seen, "event: reload\n");
    fs::remove_dir_all(&root).unwrap();
}

#[test]
fn a_port_in_use_is_named_with_the_remedy() {
    let taken = listen(0).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = listen(port).unwrap_err().to_string();
    assert!(
        error.contains(&port.to_string()) && error.contains("--port"),
        "{error}"
    );
}

fn read_until(page: &mut TcpStream, seen: &mut String, end: &str) {
    let mut buffer = [0; 256];
    while !seen.contains(end) {
        let length = page.read(&mut buffer).unwrap();
        assert_ne!(length, 0, "the connection was closed after {seen}");
        seen.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
    }
}
