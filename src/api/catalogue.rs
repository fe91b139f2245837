//! A catalogue of profiles from JSON: what an operator is configured with.

use super::json::{Member, Offences, Path};
use super::refusal::Offence;
use crate::engine::{
    Catalogue, Profile, ProfileName, ProfileStatus, Quantity, Rate, RateUnit, Rates, TimeUnit,
};
use serde_json::Value;

const PROFILE: &str = "#/components/schemas/QosProfile";
const RATE: &str = "#/components/schemas/Rate";
const DURATION: &str = "#/components/schemas/Duration";

/// The members of `QosProfile`.
const MEMBERS: [&str; 15] = [
    "name",
    "description",
    "status",
    "targetMinUpstreamRate",
    "maxUpstreamRate",
    "maxUpstreamBurstRate",
    "targetMinDownstreamRate",
    "maxDownstreamRate",
    "maxDownstreamBurstRate",
    "minDuration",
    "maxDuration",
    "priority",
    "packetDelayBudget",
    "jitter",
    "packetErrorLossRate",
];

/// A catalogue of `QosProfile`s.
///
/// # Errors
/// Every breach of the schema; a member that the schema has not; a name that comes twice; a
/// `minDuration` longer than `maxDuration`.
pub fn catalogue(profiles: &Value) -> Result<Catalogue, Vec<Offence>> {
    let mut offences = Offences::default();
    let list = Member {
        value: profiles,
        path: Path::Member(&Path::Root, "profiles"),
    };
    let mut read: Vec<Profile> = Vec::new();
    for item in list.items(&mut offences, PROFILE) {
        if let Some(profile) = profile(&item, &mut offences) {
            if read.iter().any(|other| other.name == profile.name) {
                offences.breach(&item, "must have a name of its own", PROFILE);
            }
            read.push(profile);
        }
    }
    offences.configured(Some(Catalogue::new(read)))
}

fn profile(item: &Member<'_>, out: &mut Offences) -> Option<Profile> {
    for name in item.object(out, PROFILE)?.keys() {
        if !MEMBERS.contains(&name.as_str())
            && let Some(member) = item.get(name)
        {
            out.breach(&member, "is no member of QosProfile", PROFILE);
        }
    }
    let name = required(item, "name", out).and_then(|member| {
        let rule = ("must be 3 to 256 letters, digits, _, . and -", PROFILE);
        member.parsed(out, rule, ProfileName::parse)
    });
    let description = (item.get("description"))
        .and_then(|member| member.string(out, PROFILE))
        .map(str::to_owned);
    let status = required(item, "status", out).and_then(|member| {
        let rule = ("must be ACTIVE, INACTIVE or DEPRECATED", PROFILE);
        member.parsed(out, rule, profile_status)
    });
    let mut rates = |names: [&str; 3]| {
        let [target_min, max, max_burst] = names.map(|name| rate(&item.get(name)?, out));
        Rates {
            target_min,
            max,
            max_burst,
        }
    };
    let upstream = rates([
        "targetMinUpstreamRate",
        "maxUpstreamRate",
        "maxUpstreamBurstRate",
    ]);
    let downstream = rates([
        "targetMinDownstreamRate",
        "maxDownstreamRate",
        "maxDownstreamBurstRate",
    ]);
    let mut quantity = |name: &str| quantity(&item.get(name)?, out);
    let (min_duration, max_duration) = (quantity("minDuration"), quantity("maxDuration"));
    let (packet_delay_budget, jitter) = (quantity("packetDelayBudget"), quantity("jitter"));
    if let (Some(min), Some(max)) = (min_duration, max_duration)
        && min.duration() > max.duration()
    {
        out.breach(
            item,
            "must not have a minDuration longer than its maxDuration",
            PROFILE,
        );
    }
    let mut number = |name, most| {
        let number = integer(&item.get(name)?, (1, most), out, PROFILE)?;
        u8::try_from(number).ok()
    };
    let (priority, packet_error_loss_rate) =
        (number("priority", 100), number("packetErrorLossRate", 10));
    Some(Profile {
        name: name?,
        description,
        status: status?,
        upstream,
        downstream,
        min_duration,
        max_duration,
        priority,
        packet_delay_budget,
        jitter,
        packet_error_loss_rate,
    })
}

/// A status by its name in `QosProfileStatusEnum`.
pub(super) fn profile_status(name: &str) -> Option<ProfileStatus> {
    match name {
        "ACTIVE" => Some(ProfileStatus::Active),
        "INACTIVE" => Some(ProfileStatus::Inactive),
        "DEPRECATED" => Some(ProfileStatus::Deprecated),
        _ => None,
    }
}

fn rate(member: &Member<'_>, out: &mut Offences) -> Option<Rate> {
    let rule = ("must be bps, kbps, Mbps, Gbps or Tbps", RATE);
    let (value, unit) = value_and_unit(member, (0, 1024), rule, out, |unit| match unit {
        "bps" => Some(RateUnit::Bps),
        "kbps" => Some(RateUnit::Kbps),
        "Mbps" => Some(RateUnit::Mbps),
        "Gbps" => Some(RateUnit::Gbps),
        "Tbps" => Some(RateUnit::Tbps),
        _ => None,
    })?;
    Some(Rate {
        value: u16::try_from(value).ok()?,
        unit,
    })
}

fn quantity(member: &Member<'_>, out: &mut Offences) -> Option<Quantity> {
    let rule = (
        "must be Days, Hours, Minutes, Seconds, Milliseconds, Microseconds or Nanoseconds",
        DURATION,
    );
    let range = (1, i32::MAX.into());
    let (value, unit) = value_and_unit(member, range, rule, out, |unit| match unit {
        "Days" => Some(TimeUnit::Days),
        "Hours" => Some(TimeUnit::Hours),
        "Minutes" => Some(TimeUnit::Minutes),
        "Seconds" => Some(TimeUnit::Seconds),
        "Milliseconds" => Some(TimeUnit::Milliseconds),
        "Microseconds" => Some(TimeUnit::Microseconds),
        "Nanoseconds" => Some(TimeUnit::Nanoseconds),
        _ => None,
    })?;
    Some(Quantity {
        value: u32::try_from(value).ok()?,
        unit,
    })
}

/// Both members of a `Rate` or `Duration`; the schema leaves them optional, a figure needs both.
fn value_and_unit<U>(
    member: &Member<'_>,
    range: (i64, i64),
    rule: (&str, &'static str),
    out: &mut Offences,
    parse: fn(&str) -> Option<U>,
) -> Option<(i64, U)> {
    member.object(out, rule.1)?;
    let value =
        required(member, "value", out).and_then(|value| integer(&value, range, out, rule.1));
    let unit = required(member, "unit", out).and_then(|unit| unit.parsed(out, rule, parse));
    value.zip(unit)
}

fn integer(
    member: &Member<'_>,
    (least, most): (i64, i64),
    out: &mut Offences,
    reference: &'static str,
) -> Option<i64> {
    let integer = member.integer(out, reference)?;
    if !(least..=most).contains(&integer) {
        out.breach(member, &format!("must be {least} to {most}"), reference);
        return None;
    }
    Some(integer)
}

fn required<'b>(parent: &'b Member<'b>, name: &'b str, out: &mut Offences) -> Option<Member<'b>> {
    let member = parent.get(name);
    if member.is_none() {
        out.missing(&parent.path, name, PROFILE);
    }
    member
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::wire::QosProfile;
    use crate::api::{Explanation, render};
    use serde_json::json;

    fn full() -> Value {
        let rate = json!({ "value": 10, "unit": "Mbps" });
        let delay = json!({ "value": 12, "unit": "Milliseconds" });
        json!({
            "name": "QCI_1_voice", "description": "Voice", "status": "ACTIVE",
            "targetMinUpstreamRate": rate, "maxUpstreamRate": rate, "maxUpstreamBurstRate": rate,
            "targetMinDownstreamRate": rate, "maxDownstreamRate": rate, "maxDownstreamBurstRate": rate,
            "minDuration": { "value": 1, "unit": "Minutes" }, "maxDuration": { "value": 1, "unit": "Days" },
            "priority": 20, "packetDelayBudget": delay, "jitter": delay, "packetErrorLossRate": 3,
        })
    }

    #[test]
    fn a_profile_comes_back_as_it_was_given() {
        for profile in [full(), json!({ "name": "QOS", "status": "INACTIVE" })] {
            let read = catalogue(&json!([profile])).unwrap();
            let wire: Vec<QosProfile> = read.iter().map(render::qos_profile).collect();
            assert_eq!(serde_json::to_value(wire).unwrap(), json!([profile]));
        }
    }

    #[test]
    fn what_is_wrong_is_said_of_all_members() {
        let with = |name: &str, value: Value| {
            let mut profile = full();
            profile[name] = value;
            json!([profile])
        };
        for (profiles, expected) in [
            (json!({}), "profiles must be an array of at least one item"),
            (json!([]), "profiles must be an array of at least one item"),
            (json!([1]), "profiles[0] must be an object"),
            (
                json!([{ "name": "QOS_E" }]),
                "profiles[0].status is required",
            ),
            (
                json!([full(), full()]),
                "profiles[1] must have a name of its own",
            ),
            (
                with("name", json!("Q")),
                "profiles[0].name must be 3 to 256 letters, digits, _, . and -",
            ),
            (
                with("status", json!("active")),
                "profiles[0].status must be ACTIVE, INACTIVE or DEPRECATED",
            ),
            (
                with("priority", json!(0)),
                "profiles[0].priority must be 1 to 100",
            ),
            (
                with("packetErrorLossRate", json!(11)),
                "profiles[0].packetErrorLossRate must be 1 to 10",
            ),
            (
                with("jitter", json!({ "value": 0, "unit": "Days" })),
                "profiles[0].jitter.value must be 1 to 2147483647",
            ),
            (
                with("jitter", json!({ "value": 1, "unit": "days" })),
                "profiles[0].jitter.unit must be Days, Hours, Minutes, Seconds, Milliseconds, Microseconds or Nanoseconds",
            ),
            (
                with("maxUpstreamRate", json!({ "value": 1025, "unit": "bps" })),
                "profiles[0].maxUpstreamRate.value must be 0 to 1024",
            ),
            (
                with("maxUpstreamRate", json!({ "value": 1, "unit": "Kbps" })),
                "profiles[0].maxUpstreamRate.unit must be bps, kbps, Mbps, Gbps or Tbps",
            ),
            (
                with("maxUpstreamRate", json!({ "value": 1 })),
                "profiles[0].maxUpstreamRate.unit is required",
            ),
            (
                with("maxDuration", json!({ "value": 59, "unit": "Seconds" })),
                "profiles[0] must not have a minDuration longer than its maxDuration",
            ),
            (
                with("minDurations", json!(1)),
                "profiles[0].minDurations is no member of QosProfile",
            ),
        ] {
            let offences = catalogue(&profiles).unwrap_err();
            let rules: Vec<_> = offences
                .iter()
                .map(|offence| Explanation::from(offence).rule)
                .collect();
            assert_eq!(rules, [expected]);
        }
    }
}
