//! The server over a real socket.

use std::env::temp_dir;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::id;
use std::sync::Arc;
use std::time::Duration;

use super::{Reload, Server, listen};

/// A folder with one page, gone with the test.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let root = temp_dir().join(format!("xtask-{name}-{}", id()));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("index.html"), "<p>Hello").unwrap();
        Self(root)
    }

    fn serve(&self, reload: Option<Arc<Reload>>) -> Server {
        Server::start(listen(0).unwrap(), self.0.clone(), reload).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A connection that is kept open between requests.
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(server: &Server) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        // A request that is never answered fails the test rather than holding it up.
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self(BufReader::new(stream))
    }

    fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    fn request(&mut self, line: &str) {
        self.send(&format!("{line} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    fn head(&mut self) -> String {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let length = self.0.read_line(&mut head).unwrap();
            assert_ne!(length, 0, "the connection was closed after {head:?}");
        }
        head
    }

    fn answer(&mut self) -> (String, String) {
        let head = self.head();
        let mut body = vec![0; content_length(&head)];
        self.0.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }

    fn read_until(&mut self, end: &str) {
        let mut seen = String::new();
        while !seen.contains(end) {
            let length = self.0.read_line(&mut seen).unwrap();
            assert_ne!(length, 0, "the connection was closed after {seen:?}");
        }
    }
}

fn content_length(head: &str) -> usize {
    head.lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap_or_else(|| panic!("no length in {head}"))
        .parse()
        .unwrap()
}

fn ask(server: &Server, line: &str) -> (String, String) {
    let mut connection = Connection::open(server);
    connection.request(line);
    connection.answer()
}

#[test]
fn a_folder_is_served_with_its_headers() {
    let site = Site::new("server");
    let server = site.serve(None);

    let (head, body) = ask(&server, "GET /?a=b");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body, "<p>Hello");
    for line in [
        "content-type: text/html; charset=utf-8",
        "content-length: 8",
        "cache-control: no-store",
        "access-control-allow-origin: *",
        "x-content-type-options: nosniff",
        "content-security-policy: script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    ] {
        assert!(head.contains(line), "{line} in {head}");
    }

    let (head, body) = ask(&server, "GET /../Cargo.toml?a=b");
    assert!(
        head.starts_with("HTTP/1.1 404") && head.contains("text/plain"),
        "{head}"
    );
    assert_eq!(body, "There is no /../Cargo.toml here.\n");
}

#[test]
fn many_connections_kept_open_are_all_answered() {
    let site = Site::new("many");
    let server = site.serve(None);
    let mut connections: Vec<_> = (0..32).map(|_| Connection::open(&server)).collect();
    for round in 0..4 {
        for connection in &mut connections {
            connection.request("GET /");
        }
        // The last first: none may need another to be read before it.
        for (place, connection) in connections.iter_mut().enumerate().rev() {
            let (head, body) = connection.answer();
            assert!(head.starts_with("HTTP/1.1 200"), "{round}, {place}: {head}");
            assert_eq!(body, "<p>Hello", "{round}, {place}");
        }
    }
}

#[test]
fn a_head_tells_the_length_of_what_it_leaves_out() {
    let site = Site::new("head");
    let server = site.serve(None);
    let mut connection = Connection::open(&server);
    connection.request("HEAD /index.html");
    let head = connection.head();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(content_length(&head), 8);

    // Were there a body, it would stand before this answer.
    connection.request("HEAD /none.html");
    let head = connection.head();
    assert!(head.starts_with("HTTP/1.1 404"), "{head}");
    assert_eq!(
        content_length(&head),
        "There is no /none.html here.\n".len()
    );
}

#[test]
fn a_body_is_refused_and_its_connection_goes_on() {
    let site = Site::new("body");
    let server = site.serve(None);
    let mut connection = Connection::open(&server);
    // More than any buffer on the way holds, so that it has to be read.
    for length in [0, 1, 8 << 20] {
        let body = "x".repeat(length);
        connection.send(&format!(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
        ));
        let (head, body) = connection.answer();
        assert!(
            head.starts_with("HTTP/1.1 405") && head.contains("allow: GET, HEAD"),
            "{head}"
        );
        assert_eq!(body, "Only GET and HEAD work here.\n");
        connection.request("GET /");
        assert_eq!(connection.answer().1, "<p>Hello");
    }
}

#[test]
fn what_is_not_http_is_a_bad_request() {
    let site = Site::new("malformed");
    let server = site.serve(None);
    for text in ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"] {
        let mut connection = Connection::open(&server);
        connection.send(text);
        let mut answer = String::new();
        connection.0.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{text}: {answer}");
    }
    assert_eq!(ask(&server, "GET /").1, "<p>Hello");
}

#[test]
fn pages_are_told_to_reload() {
    let site = Site::new("reload");
    let reload = Arc::new(Reload::default());
    let server = site.serve(Some(Arc::clone(&reload)));

    let tag = "<script src=\"/__reload.js\">";
    assert!(ask(&server, "GET /").1.contains(tag));
    assert!(ask(&server, "GET /__reload.js").1.contains("EventSource"));

    let mut pages: Vec<_> = (0..3).map(|_| Connection::open(&server)).collect();
    for page in &mut pages {
        page.request("GET /__reload");
        let head = page.head();
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        page.read_until(": listening\n");
    }
    // One that has gone takes nothing from the others; neither does what is asked for meanwhile.
    drop(pages.remove(1));
    for _ in 0..20 {
        reload.tell();
        for page in &mut pages {
            page.read_until("event: reload\n");
        }
        assert!(ask(&server, "GET /").1.contains(tag));
    }
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
