//! Runs: played again, kept and restored, they are the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qod_sandbox_fuzz::{Call, Client, bounded, new_sandbox, seen};

fuzz_target!(|calls: Vec<Call>| {
    bounded(|| {
        let mut client = Client::of(new_sandbox());
        client.run(&calls);
        let sandbox = &client.sandbox;
        let was = seen(sandbox);
        assert_eq!(seen(&sandbox.replay()), was);
        let mut restored = new_sandbox();
        assert_eq!(restored.restore::<()>(&sandbox.snapshot(&())), Ok(()));
        assert_eq!(seen(&restored), was);
    });
});
