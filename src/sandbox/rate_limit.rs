//! The operator's rate limit: how many requests of a client are answered in a stretch of time.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::api::Refusal;
use crate::engine::ClientId;
use crate::time::{Instant, millis};

/// At most so many requests of one client in so much time, which begins with its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateLimit {
    /// How many.
    pub requests: NonZeroU32,
    /// In how much time.
    pub per: Duration,
}

/// How many clients are counted; of more, those that came first begin anew.
const CLIENTS: usize = 10_000;

/// What the clients whose time runs have used of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Meter(Vec<Usage>);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Usage {
    client: ClientId,
    since: Instant,
    requests: u32,
}

impl Meter {
    /// Counts a request of `client` at `now`.
    ///
    /// # Errors
    /// It is one too many.
    pub(super) fn count(
        &mut self,
        now: Instant,
        client: &ClientId,
        limit: RateLimit,
    ) -> Result<(), Refusal> {
        self.0.retain(|usage| now < usage.since.after(limit.per));
        let Some(usage) = self.0.iter_mut().find(|usage| usage.client == *client) else {
            if self.0.len() >= CLIENTS {
                self.0.remove(0);
            }
            self.0.push(Usage {
                client: client.clone(),
                since: now,
                requests: 1,
            });
            return Ok(());
        };
        if usage.requests >= limit.requests.get() {
            let left = usage.since.after(limit.per).since(now);
            let retry_after = millis(left).div_ceil(1000);
            return Err(Refusal::TooManyRequests { retry_after });
        }
        usage.requests += 1;
        Ok(())
    }
}
