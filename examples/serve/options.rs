//! The command line.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Parser, ValueEnum};
use qod_sandbox::driver::Speed;
use qod_sandbox::sandbox::{Destination, Named};
use qod_sandbox::{Auth, DeliveryPolicy, Dialect, Instant, Scenario, Settings};

/// Serves the Quality-on-Demand API on a port of this machine; Ctrl-C ends it
#[derive(Parser)]
#[command(name = "serve")]
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// What becomes of sessions whose request chooses no scenario itself
    #[arg(long, value_parser = PossibleValuesParser::new(Named::all().map(|named| named.name)))]
    scenario: Option<String>,
    /// How many times faster than the wall the sandbox's time runs, 1 to 86400
    #[arg(long, default_value = "1", value_parser = speed)]
    pub(crate) speed: Speed,
    /// Whose edition of the API is served
    #[arg(long, value_enum, default_value_t = Edition::Camara)]
    dialect: Edition,
    /// Whether requests need an access token
    #[arg(long, value_enum, default_value_t = Tokens::Required)]
    auth: Tokens,
    /// Where identifiers and chance come from: the same seed, the same ones. Random, if it is not given
    #[arg(long)]
    seed: Option<u64>,
    /// Post notifications to their webhooks: over https, or over http to this machine
    #[arg(long)]
    deliver: bool,
    /// How often each is posted until its receiver takes it, with 1, 2, 4 … s in between
    #[arg(long, default_value = "1", requires = "deliver")]
    attempts: NonZeroU32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Edition {
    Camara,
    Telefonica,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tokens {
    Required,
    Off,
}

impl Options {
    /// How the sandbox starts.
    pub(crate) fn start(&self, start_at: Instant) -> qod_sandbox::Options {
        let scenario = self.scenario.as_deref().and_then(Scenario::named);
        let settings = Settings {
            dialect: match self.dialect {
                Edition::Camara => Dialect::Camara,
                Edition::Telefonica => Dialect::Telefonica,
            },
            auth: match self.auth {
                Tokens::Required => Auth::Required,
                Tokens::Off => Auth::Off,
            },
            scenario: scenario.map(Arc::new),
            delivery: self.delivery(),
            ..Settings::default()
        };
        qod_sandbox::Options {
            settings,
            // Chance without another crate: the standard library seeds its hashes.
            ..qod_sandbox::Options::new(
                self.seed.unwrap_or_else(|| RandomState::new().hash_one(0)),
                start_at,
            )
        }
    }

    /// Receivers have ten seconds of the wall, whatever the speed.
    fn delivery(&self) -> DeliveryPolicy {
        DeliveryPolicy {
            to: match self.deliver {
                true => Destination::Network,
                false => Destination::Receivers,
            },
            attempts: self.attempts,
            timeout: Duration::from_secs(10).saturating_mul(self.speed.factor()),
            ..DeliveryPolicy::default()
        }
    }
}

fn speed(text: &str) -> Result<Speed, String> {
    let factor = text.parse().ok().and_then(Speed::new);
    factor.ok_or_else(|| "a speed is a whole number from 1 to 86400".to_owned())
}
