//! What sessions take of memory: live bytes, counted. `bench/memory.mjs` reads what is printed here.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod common;

use std::time::Duration;

use allocation_counter::measure;
use common::{Bench, lasting, post, request, with};
use serde_json::json;

/// How many sessions are live at once, unless `QOD_BENCH_SESSIONS` says so.
const SESSIONS: u32 = 20_000;

/// Sessions that come at one time.
const SOME: u32 = 1_000;

/// How often they come in a run that fills what is kept of it.
const TIMES: u32 = 15;

/// A run, and the number of its next device.
struct Run {
    bench: Bench,
    device: u64,
}

impl Run {
    /// Some sessions, of a device each, which the network grants.
    fn create(&mut self, count: u32) -> Vec<String> {
        let mut create = || {
            let device = format!("+{}", 34_600_000_000 + self.device);
            self.device += 1;
            let body = json!({
                "device": { "phoneNumber": device },
                "applicationServerPorts": { "ports": [443] },
            });
            let response = self.request(post("/sessions", &with(lasting(3_600), &body)));
            response.rsplit_once('/').unwrap().1.to_owned()
        };
        let ids = (0..count).map(|_| create()).collect();
        self.pass(2);
        ids
    }

    /// Makes a request; the location of what it creates.
    fn request(&mut self, mut request: qod_sandbox::Request) -> String {
        // As it comes from outside.
        request.body.shrink_to_fit();
        let response = self.bench.sandbox.request(self.bench.now, request);
        assert!(response.status < 300, "{response:?}");
        self.take();
        let location = response.headers.first("location");
        location.unwrap_or_default().to_owned()
    }

    fn pass(&mut self, seconds: u64) {
        self.bench.now = self.bench.now.after(Duration::from_secs(seconds));
        self.bench.sandbox.handle_timeout(self.bench.now);
        self.take();
    }

    /// Whoever runs a sandbox takes what comes out.
    fn take(&mut self) {
        while self.bench.sandbox.poll_output().is_some() {}
    }

    /// Sessions come and end, until all that is kept is of them.
    fn fill(&mut self) {
        for _ in 0..TIMES {
            self.create(SOME);
            self.pass(3_600);
        }
        assert_eq!(self.bench.sandbox.live(), 0);
    }

    fn come_and_go(&mut self) {
        for id in self.create(SOME) {
            self.request(request("DELETE", &format!("/sessions/{id}")));
        }
    }
}

/// By how many bytes what is live grows.
fn bytes(act: impl FnOnce()) -> i64 {
    measure(act).bytes_current
}

#[test]
fn a_session_takes_little_and_leaves_nothing() {
    let mut run = Run {
        bench: Bench::new(),
        device: 0,
    };
    let before = bytes(|| {
        run.bench = Bench::new();
        run.fill();
    });
    let sessions =
        std::env::var("QOD_BENCH_SESSIONS").map_or(SESSIONS, |sessions| sessions.parse().unwrap());
    let mut live = bytes(|| {
        for _ in 0..sessions / SOME {
            run.create(SOME);
        }
    });
    // The journal, and with it the checkpoints, are now longer, now shorter.
    let mut most = live;
    for _ in 0..10 {
        live += bytes(|| run.come_and_go());
        most = most.max(live);
    }
    let after = before
        + live
        + bytes(|| {
            run.pass(3_600);
            run.fill();
        });

    let each = most / i64::from(sessions);
    println!("bytes per session: {each}");
    println!("bytes before: {before}");
    println!("bytes after: {after}");
    assert!(each <= 1_024, "a session takes {each} bytes");
    assert!(after * 100 <= before * 105, "{before} became {after}");
}
