//! The top bar: what this is, what becomes of new sessions, and what can be done with the run.

use std::sync::Arc;

use web_sys::HtmlTextAreaElement;
use yew::{AttrValue, Callback, FocusEvent, Html, TargetCast as _, classes, html};

use super::act::{Act, Open, doing};
use super::parts::{Dialog, Item, Line, Menu, Select, Shape, icon, small_icon};
use super::receiver_field::Choice;
use super::settings::{scenario_name, scenario_options};
use super::state::Snapshot;
use crate::api::Dialect;
use crate::sandbox::{Scenario, Setting};

/// The formats of a run, and what they are for.
const FORMATS: [(&str, &str, &str); 7] = [
    ("json", "Run, JSON", "Can be opened here again"),
    ("har", "HAR", "Requests and answers, for browsers' tools"),
    ("ndjson", "CloudEvents, NDJSON", "The notifications"),
    ("curl", "cURL script", "The requests, for a shell"),
    ("mermaid", "Mermaid", "A sequence diagram"),
    ("vitest", "Vitest test", "The run as a test in JavaScript"),
    ("rust", "Rust test", "The run as a test in Rust"),
];

/// Name, badge, edition, scenario, and the run's menu. The badge says whether something leaves the tab.
pub(super) fn top_bar(snapshot: &Snapshot, stories: bool, on_act: &Callback<Act>) -> Html {
    html! {
        <header class="topbar" part="bar">
            { brand() }
            { badge(snapshot, " backend", " · runs in this tab · no network") }
            { edition(snapshot, on_act) }
            <span class="grow" />
            { scenario(snapshot, on_act) }
            <span class="vr hide-s" aria-hidden="true" />
            { tools(stories, on_act) }
        </header>
    }
}

/// The same for a figure in a document: name, badge, the way to a console of its own, and *Reset*; below
/// it, what the author says to begin with. The page shows that where there is something.
pub(super) fn embed_bar(snapshot: &Snapshot, on_act: &Callback<Act>) -> Html {
    html! {
        <>
        <div class="topbar topbar--embed" part="bar">
            { brand() }
            { badge(snapshot, "", " · runs in this page") }
            <span class="grow" />
            <button class="btn btn--ghost btn--sm" type="button" title="The same run in a page of its own" onclick={doing(on_act, Act::OpenConsole)}>
                { icon(Shape::Open) }<span class="lbl">{ "Open console" }</span>
            </button>
            { icon_button(Shape::Reset, "Reset", on_act, Act::Reset) }
        </div>
        <div class="said said--intro" hidden=true><slot name="intro" /></div>
        </>
    }
}

fn brand() -> Html {
    html! {
        <p class="brand">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <rect width="20" height="20" rx="5" />
                <path d="M5 14v-2M8.3 14v-4.2M11.7 14V7.6M15 14V5.2" />
            </svg>
            <slot name="title">{ "QoD Sandbox" }</slot>
        </p>
    }
}

fn badge(snapshot: &Snapshot, what: &'static str, where_it_runs: &'static str) -> Html {
    let leaves = snapshot.config.receiver == Choice::Network;
    let (shape, network) = if leaves {
        (Shape::Warn, " · sends real POSTs")
    } else {
        (Shape::Tab, where_it_runs)
    };
    html! {
        <span class={classes!("badge", leaves.then_some("badge--warn"))}>
            { small_icon(shape) }
            <span>{ "Mock" }{ what }<span class="wide">{ network }</span></span>
        </span>
    }
}

/// Whose edition of the API is served.
fn edition(snapshot: &Snapshot, on_act: &Callback<Act>) -> Html {
    let dialect = snapshot.config.settings.dialect;
    let item = |one: Dialect, label: &'static str, note: &'static str| {
        let onpick = doing(on_act, Act::Configure(Setting::Dialect(one)));
        Line::Item(Item {
            shape: (one == dialect).then_some(Shape::Tick),
            note: note.into(),
            ..Item::new(label, onpick)
        })
    };
    let lines = vec![
        Line::Heading("Edition of the API"),
        item(Dialect::Camara, "CAMARA", "The published specification"),
        item(
            Dialect::Telefonica,
            "Telefónica Open Gateway",
            "The portal's codes, profiles and mock rules",
        ),
    ];
    let name = match dialect {
        Dialect::Camara => "QoD v0.10.1",
        Dialect::Telefonica => "QoD v0.10, portal",
    };
    html! {
        <Menu class="btn btn--sm btn--ghost version" name="Edition of the API" {lines}>
            <span class="mono">{ name }</span>{ small_icon(Shape::Chevron) }
        </Menu>
    }
}

/// What becomes of new sessions.
fn scenario(snapshot: &Snapshot, on_act: &Callback<Act>) -> Html {
    let name = scenario_name(&snapshot.config.settings);
    let options = scenario_options(&name);
    let more = ("settings".into(), "Your own, and faults…".into());
    let options: Vec<_> = options.into_iter().chain([more]).collect();
    let onselect = on_act.reform(|value: AttrValue| match Scenario::named(&value) {
        Some(scenario) => Act::Configure(Setting::Scenario(Some(Arc::new(scenario)))),
        None => Act::Open(Open::Settings),
    });
    html! {
        <div class="scenario">
            <label for="scenario">{ "New sessions are" }</label>
            <Select class="select select--quiet" id="scenario" {options} value={name} {onselect} />
        </div>
    }
}

fn tools(stories: bool, on_act: &Callback<Act>) -> Html {
    // The name stays where there is no room for the label, which is a part of it.
    let button = |shape: Shape,
                  (label, name): (&'static str, &'static str),
                  title: &'static str,
                  act: Act| {
        let onclick = doing(on_act, act);
        html! {
            <button class="btn btn--ghost hide-s" type="button" aria-label={name} {title} {onclick}>{ icon(shape) }<span class="lbl">{ label }</span></button>
        }
    };
    let item = |shape: Shape, label: &'static str, act: Act| {
        let onpick = doing(on_act, act);
        Line::Item(Item {
            shape: Some(shape),
            ..Item::new(label, onpick)
        })
    };
    let mut lines = vec![
        item(Shape::Share, "Copy share link", Act::Share),
        item(Shape::Reset, "Reset", Act::Reset),
        Line::Rule,
    ];
    if stories {
        let open = Act::Open(Open::Stories);
        lines.push(item(Shape::Book, "Guided stories", open));
    }
    lines.extend([
        item(Shape::Phone, "Test values", Act::Open(Open::TestValues)),
        item(Shape::Sliders, "Settings", Act::Open(Open::Settings)),
        item(Shape::Help, "Keyboard", Act::Open(Open::Keys)),
        Line::Rule,
    ]);
    lines.extend(files(on_act));
    html! {
        <div class="topbar__group">
            if stories {
                { button(Shape::Book, ("Stories", "Guided stories"), "Guided stories", Act::Open(Open::Stories)) }
            }
            { button(Shape::Share, ("Share link", "Share link"), "Copy a link that holds the whole run", Act::Share) }
            <span class="hide-s">
                <Menu class="btn btn--ghost" label="Export" name="Export" lines={files(on_act)}>{ icon(Shape::Down) }<span class="lbl">{ "Export" }</span></Menu>
            </span>
            { button(Shape::Reset, ("Reset", "Reset"), "Back to the start: sessions, notifications and answers go", Act::Reset) }
            { icon_button(Shape::Sliders, "Settings", on_act, Act::Open(Open::Settings)) }
            { icon_button(Shape::Theme, "Light or dark", on_act, Act::SwitchTheme) }
            { icon_button(Shape::Help, "Keyboard", on_act, Act::Open(Open::Keys)) }
            <span class="only-narrow"><Menu class="btn btn--ghost btn--icon" label="More" name="More" {lines}>{ icon(Shape::More) }</Menu></span>
        </div>
    }
}

fn icon_button(shape: Shape, label: &'static str, on_act: &Callback<Act>, act: Act) -> Html {
    let class = classes!(
        "btn",
        "btn--ghost",
        "btn--icon",
        (shape != Shape::Theme).then_some("hide-s")
    );
    let onclick = doing(on_act, act);
    html! {
        <button {class} type="button" aria-label={label} title={label} {onclick}>{ icon(shape) }</button>
    }
}

/// The run as files, and from one.
fn files(on_act: &Callback<Act>) -> Vec<Line> {
    let export = FORMATS.map(|(format, label, note)| {
        let onpick = doing(on_act, Act::Export(format));
        Line::Item(Item {
            note: note.into(),
            ..Item::new(label, onpick)
        })
    });
    let import = Item {
        note: "A run that was exported as JSON".into(),
        ..Item::new("Open a run…", doing(on_act, Act::Import))
    };
    let mut lines = vec![Line::Heading("The run so far, as")];
    lines.extend(export);
    lines.extend([Line::Rule, Line::Item(import)]);
    lines
}

/// The link to the run, for browsers that keep the clipboard to themselves.
pub(super) fn link_dialog(link: &AttrValue, on_act: &Callback<Act>) -> Html {
    let onfocus = |event: FocusEvent| {
        event
            .target_unchecked_into::<HtmlTextAreaElement>()
            .select();
    };
    html! {
        <Dialog title="Share link" onclose={doing(on_act, Act::Close)}>
            <p class="note">{ "This browser does not let the page copy. Copy the link by hand: the whole run is inside it." }</p>
            <textarea
                class="input editor mono linkbox" readonly=true rows="8" aria-label="Share link" value={link} {onfocus}
            />
        </Dialog>
    }
}
