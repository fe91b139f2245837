//! Runs: played again, kept and restored, they are the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qod_sandbox_fuzz::{Call, Client, bounded, sandbox, seen};

fuzz_target!(|calls: Vec<Call>| {
    bounded(|| {
        let mut client = Client::of(sandbox());
        client.run(&calls);
        let sandbox = &client.sandbox;
        let was = seen(sandbox);
        assert_eq!(seen(&sandbox.replay()), was);
        let mut restored = qod_sandbox_fuzz::sandbox();
        assert_eq!(restored.restore::<()>(&sandbox.snapshot(&())), Ok(()));
        assert_eq!(seen(&restored), was);
        for input in sandbox.recorded() {
            drop(input);
        }
    });
});
