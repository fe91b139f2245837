//! Snapshots: of any content, and signed as if it were ours.
#![no_main]

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use libfuzzer_sys::fuzz_target;
use qod_sandbox_fuzz::{Call, Client, bounded, new_sandbox, seen};
use sha2::{Digest as _, Sha256};

fuzz_target!(|given: (Vec<Call>, &[u8])| {
    let (calls, content) = given;
    bounded(|| {
        let mut sandbox = new_sandbox();
        let body = BASE64_STANDARD.encode(content);
        let digest = BASE64_STANDARD.encode(&Sha256::digest(body.as_bytes())[..9]);
        let before = seen(&sandbox);
        let text = format!("qod-sandbox-snapshot:1:{digest}:{body}");
        if sandbox.restore::<()>(&text).is_err() {
            assert_eq!(seen(&sandbox), before);
            return;
        }
        let mut client = Client::of(sandbox);
        client.run(&calls);
        seen(&client.sandbox);
        let kept = client.sandbox.snapshot(&());
        assert_eq!(client.sandbox.restore::<()>(&kept), Ok(()));
    });
});
