//! How an operator delivers: how often, how patiently, and how reliably.

use std::num::NonZeroU32;
use std::time::Duration;

use yew::{Callback, Html, html};

use super::input::Input;
use crate::sandbox::{DeliveryPolicy, Setting};
use crate::ui::act::Act;

/// A number of the policy: where it shows, what it is, and what becomes of the policy with another.
struct Number {
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    suffix: &'static str,
    read: fn(&DeliveryPolicy) -> String,
    write: fn(&mut DeliveryPolicy, &str) -> Option<()>,
}

const NUMBERS: [Number; 5] = [
    Number {
        id: "policy-attempts",
        label: "Attempts",
        hint: "1 to 100; a 2xx or a 410 ends them",
        suffix: "",
        read: |policy| policy.attempts.to_string(),
        write: |policy, text| count(text, 100).map(|count| policy.attempts = count),
    },
    Number {
        id: "policy-backoff",
        label: "Wait after the first",
        hint: "Seconds; it doubles, up to an hour",
        suffix: "s",
        read: |policy| seconds(policy.backoff),
        write: |policy, text| duration(text).map(|time| policy.backoff = time),
    },
    Number {
        id: "policy-patience",
        label: "Time to answer",
        hint: "Seconds, 0.001 or more",
        suffix: "s",
        read: |policy| seconds(policy.timeout),
        write: |policy, text| {
            let time = duration(text).filter(|time| !time.is_zero());
            time.map(|time| policy.timeout = time)
        },
    },
    Number {
        id: "policy-lateness",
        label: "Sent late by",
        hint: "Seconds after the event",
        suffix: "s",
        read: |policy| seconds(policy.disorder.delay),
        write: |policy, text| duration(text).map(|time| policy.disorder.delay = time),
    },
    Number {
        id: "policy-copies",
        label: "Copies",
        hint: "1 to 10; more than 1 is duplicates",
        suffix: "",
        read: |policy| policy.disorder.copies.to_string(),
        write: |policy, text| count(text, 10).map(|count| policy.disorder.copies = count),
    },
];

/// The policy; what is changed counts at once.
pub(super) fn policy(policy: DeliveryPolicy, on_act: &Callback<Act>) -> Html {
    let configure = on_act.reform(|policy| Act::Configure(Setting::Delivery(policy)));
    let number = |number: &'static Number| {
        let configure = configure.clone();
        let take = Callback::from(move |text: String| {
            let mut policy = policy;
            let taken = (number.write)(&mut policy, &text).is_some();
            if taken {
                configure.emit(policy);
            }
            taken
        });
        html! {
            <Input
                key={number.id} id={number.id} label={number.label} hint={number.hint} suffix={number.suffix}
                value={(number.read)(&policy)} mode="decimal" {take}
            />
        }
    };
    let reorder = policy.disorder.reorder;
    let onchange = configure.reform(move |_| {
        let mut policy = policy;
        policy.disorder.reorder = !reorder;
        policy
    });
    html! {
        <section aria-labelledby="h-policy">
            <h3 id="h-policy">{ "Delivery" }</h3>
            <p class="hint">{ "On the sandbox's clock. The specification leaves all of it open." }</p>
            <div class="receivers__grid">{ for NUMBERS.iter().map(number) }</div>
            <label class="switch">
                <input type="checkbox" checked={reorder} {onchange} />
                { "Out of order: AVAILABLE comes after the UNAVAILABLE of its session" }
            </label>
        </section>
    }
}

fn count(text: &str, most: u32) -> Option<NonZeroU32> {
    let count = text.parse().ok().and_then(NonZeroU32::new)?;
    (count.get() <= most).then_some(count)
}

/// Seconds with up to three decimals: written as people do, and without the tables that fractions
/// of two need.
fn duration(text: &str) -> Option<Duration> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if part.len() > 3 || whole.len() > 9 || whole.is_empty() || !digits(part) || !digits(whole) {
        return None;
    }
    let thousandths: u64 = [part, "000"].concat().get(..3)?.parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    Some(Duration::from_millis(whole * 1_000 + thousandths))
}

fn seconds(time: Duration) -> String {
    let thousandths = (1_000 + time.subsec_millis()).to_string();
    let part = thousandths.get(1..).unwrap_or_default();
    let text = [&time.as_secs().to_string(), ".", part].concat();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn seconds_are_read_as_they_are_written() {
        for (text, millis) in [
            ("0", 0),
            ("1", 1_000),
            ("0.5", 500),
            ("12.345", 12_345),
            ("100", 100_000),
        ] {
            let time = Duration::from_millis(millis);
            assert_eq!(duration(text), Some(time), "{text}");
            assert_eq!(seconds(time), text);
        }
        assert_eq!(duration("1,5"), Some(Duration::from_millis(1_500)));
        for wrong in ["", ".5", "-1", "1e3", "1.2345", "٣", "1 s", "1234567890"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        assert_eq!(count("100", 100), NonZeroU32::new(100));
        for wrong in ["0", "101", "", "1.5"] {
            assert_eq!(count(wrong, 100), None, "{wrong}");
        }
    }
}
