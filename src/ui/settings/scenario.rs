//! What becomes of new sessions: a scenario of the catalogue, or one of the user's own.

use std::sync::Arc;
use std::time::Duration;

use yew::{AttrValue, Callback, Html, html};

use super::form::Form;
use super::forms::{self, span, texts};
use crate::engine::{NetworkAnswer, Termination};
use crate::sandbox::{DEFAULT_SCENARIO, Named, Scenario, Setting, Settings};
use crate::ui::act::{Act, doing};
use crate::ui::page::Page;
use crate::ui::parts::Select;
use crate::ui::state::Config;

/// The catalogue in words, in its order.
const LABELS: [&str; 22] = [
    "Granted after 2 s",
    "Granted at once",
    "Granted after 60 s",
    "Never granted",
    "Refused after 2 s",
    "Refused at once",
    "Terminated after 10 s",
    "Terminated halfway",
    "400: device unknown",
    "400: devices mixed up",
    "501: not implemented",
    "409: conflict",
    "401: token not taken",
    "403: not permitted",
    "429: too many requests",
    "500: internal error",
    "503: unavailable",
    "Answered 5 s late",
    "Webhook fails twice",
    "Notified twice",
    "Notified 30 s late",
    "Notified out of order",
];

/// The scenario that new sessions follow, or how the operator grants where none is chosen.
pub(in crate::ui) fn scenario_name(settings: &Settings) -> AttrValue {
    let synchronous = settings.plan.answer == NetworkAnswer::Grant(Duration::ZERO);
    match &settings.scenario {
        Some(scenario) => scenario.name.to_string().into(),
        None if synchronous => "granted-at-once".into(),
        None => DEFAULT_SCENARIO.into(),
    }
}

/// The catalogue as options, and what is chosen, if it is not of it.
pub(in crate::ui) fn scenario_options(chosen: &AttrValue) -> Vec<(AttrValue, AttrValue)> {
    let label = |(named, label): (Named, &str)| (named.name.into(), label.to_owned().into());
    let mut options: Vec<(AttrValue, AttrValue)> = Named::all().zip(LABELS).map(label).collect();
    if !options.iter().any(|(value, _)| value == chosen) {
        options.push((chosen.clone(), chosen.clone()));
    }
    options
}

/// The words for a scenario of the catalogue.
pub(super) fn scenarios() -> impl Iterator<Item = (Named, &'static str)> {
    Named::all().zip(LABELS)
}

/// The choice, with what it means, and the form for an own one.
pub(super) fn scenario_section(config: &Config, page: &Page, on_act: &Callback<Act>) -> Html {
    let chosen = scenario_name(&config.settings);
    let known = Named::all().find(|named| chosen == named.name);
    let mean = known.map_or("Your own: as it stands below.", |named| named.description);
    let none = config.settings.scenario.is_none();
    let onselect = on_act.reform(|value: AttrValue| {
        Act::Configure(Setting::Scenario(Scenario::named(&value).map(Arc::new)))
    });
    let own = config.settings.scenario.as_deref();
    let own = own.filter(|_| known.is_none());
    html! {
        <>
            <div class="field">
                <div class="field__top">
                    <label for="set-scenario-choice">{ "New sessions are" }</label>
                    if !none {
                        <button class="link" type="button" onclick={doing(on_act, Act::Configure(Setting::Scenario(None)))}>
                            { "As the operator grants" }
                        </button>
                    }
                </div>
                <Select
                    class="select" id="set-scenario-choice" describedby="set-scenario-mean"
                    options={scenario_options(&chosen)} value={chosen} {onselect}
                />
                <p class="hint" id="set-scenario-mean">{ mean }</p>
            </div>
            <p class="hint">
                { "A single request chooses its own by the header " }<code>{ "x-qod-scenario" }</code>{ ", or by a " }
                <button class="link" type="button" onclick={doing(on_act, Act::Open(crate::ui::act::Open::TestValues))}>
                    { "test value" }
                </button>{ " of its device." }
            </p>
            <details class="set__more" open={own.is_some()}>
                <summary>{ "Make your own" }</summary>
                <Form spec={&forms::SCENARIO} initial={own.map_or_else(Vec::new, written)} page={page.clone()} />
            </details>
        </>
    }
}

/// An own scenario as it stands in the form.
fn written(scenario: &Scenario) -> Vec<AttrValue> {
    let (answer, after) = match scenario.plan.answer {
        NetworkAnswer::Grant(after) => ("grant", span(after)),
        NetworkAnswer::Refuse(after) => ("refuse", span(after)),
        NetworkAnswer::Never => ("never", String::new()),
    };
    let (terminate, when) = match scenario.plan.terminate {
        None => ("no", String::new()),
        Some(Termination::After(after)) => ("after", span(after)),
        Some(Termination::At(share)) => {
            let (whole, rest) = (share.millionths() / 10_000, share.millionths() % 10_000);
            let rest = match rest {
                0 => String::new(),
                rest => {
                    let digits = (rest + 10_000).to_string();
                    let digits = digits.strip_prefix('1').unwrap_or(&digits);
                    ".".to_owned() + digits.trim_end_matches('0')
                }
            };
            ("share", whole.to_string() + &rest + " %")
        }
    };
    let (delay, copies, reorder) = scenario.disorder.map_or_else(Default::default, |disorder| {
        let reorder = if disorder.reorder { "yes" } else { "" };
        (span(disorder.delay), disorder.copies.to_string(), reorder)
    });
    let (first, status) = scenario.failing.map_or_else(Default::default, |failing| {
        (failing.first.to_string(), failing.status.to_string())
    });
    let name = scenario.name.to_string();
    let (answer, terminate) = (answer.to_owned(), terminate.to_owned());
    texts([
        name,
        answer,
        after,
        terminate,
        when,
        delay,
        copies,
        reorder.to_owned(),
        first,
        status,
    ])
}
