//! The body of a request for a session: what is taken comes out again; what is not is explained.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qod_sandbox::Request;
use qod_sandbox_fuzz::{START, bounded, new_sandbox};
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    bounded(|| {
        let mut sandbox = new_sandbox();
        let request = |method: &str, url: &str| {
            Request::new(method, url).header("Authorization", "Bearer mock_sandbox_access_token")
        };
        let create = request("POST", "/qod/v0/sessions").body(body);
        let answer = sandbox.request(START, create);
        let said: Value = serde_json::from_str(&answer.body).expect("an answer is JSON");
        if answer.status != 201 {
            let exchange = sandbox
                .traffic()
                .next_back()
                .expect("it was recorded")
                .record();
            assert!(!exchange.explanations.is_empty(), "{said}");
            return;
        }
        let id = said["sessionId"].as_str().expect("a session has an id");
        let got = sandbox.request(START, request("GET", &format!("/qod/v0/sessions/{id}")));
        assert_eq!(got.body, answer.body);
        let (started, expires) = (said["startedAt"].as_i64(), said["expiresAt"].as_i64());
        let duration = said["duration"].as_i64().expect("it has a duration");
        assert_eq!(
            started.zip(expires).map(|(from, to)| to - from),
            Some(duration)
        );
        // What is echoed can be asked for again: it is in the way of itself.
        let again = request("POST", "/qod/v0/sessions").body(answer.body.as_bytes());
        let again = sandbox.request(START, again);
        let same: Value = serde_json::from_slice(body).expect("it was JSON");
        let refused = if same["device"] == said["device"] {
            409
        } else {
            again.status
        };
        assert_eq!(again.status, refused, "{}", again.body);
    });
});
