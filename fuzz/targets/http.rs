//! The HTTP door: any requests, at any time, and whatever else happens meanwhile.
#![no_main]

use libfuzzer_sys::fuzz_target;
use qod_sandbox_fuzz::{Call, Client, bounded, new_sandbox, seen};

fuzz_target!(|calls: Vec<Call>| {
    bounded(|| {
        let mut client = Client::of(new_sandbox());
        client.run(&calls);
        // Whatever has happened can be looked at, and kept.
        seen(&client.sandbox);
        client.sandbox.snapshot(&());
    });
});
