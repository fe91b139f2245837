//! How the operator, its network and its receivers behave, in plain words.

use std::rc::Rc;

use web_sys::MouseEvent;
use yew::{Callback, Html, html};

use super::act::{Act, doing};
use super::page::Page;
use super::parts::Dialog;
use super::section_bar::go_to;
use super::state::Config;
use choices::{choice, conflicts, grants, identifiers, registry};
use form::Form;
use lists::{device_list, fault_list};
use profiles::Profiles;
use scenario::scenario_section;

mod choices;
mod form;
mod forms;
mod lists;
mod profiles;
mod scenario;
mod test_values;

pub(super) use scenario::{scenario_name, scenario_options};
pub(super) use test_values::TestValues;

/// The sections: identifiers, short names for the way there, and titles.
const SECTIONS: [(&str, &str, &str); 8] = [
    (
        "set-scenario",
        "New sessions",
        "What becomes of new sessions",
    ),
    ("set-faults", "Faults", "When requests go wrong"),
    ("set-edition", "Edition", "Edition of the API"),
    ("set-access", "Access", "Access"),
    ("set-operator", "Operator", "The operator"),
    ("set-devices", "Devices", "Devices"),
    ("set-profiles", "Profiles", "Profiles"),
    ("set-limits", "Limits", "Limits"),
];

/// The settings. Each applies at once, to what happens from then on.
pub(super) fn settings(config: &Rc<Config>, page: &Page, on_act: &Callback<Act>) -> Html {
    let form = |form: &'static forms::Spec, initial: Vec<yew::AttrValue>| {
        html! { <Form spec={form} {initial} page={page.clone()} /> }
    };
    let sections = [
        scenario_section(config, page, on_act),
        html! {
            <>
                <p class="hint">{ "Faults come before all else: what they answer is not done. Latencies of several add up." }</p>
                { fault_list(&config.faults, on_act) }
                <details class="set__more">
                    <summary>{ "Add a fault" }</summary>
                    { form(&forms::FAULT, Vec::new()) }
                </details>
            </>
        },
        choice(&choices::EDITION, choices::edition(config), on_act),
        choice(&choices::ACCESS, choices::access(config), on_act),
        html! {
            <>
                { identifiers(config, on_act) }
                { choice(&choices::CONFLICTS, conflicts(config), on_act) }
                { choice(&choices::REGISTRY, registry(config), on_act) }
                { choice(&choices::GRANTS, grants(config), on_act) }
                if config.settings.scenario.is_some() {
                    <p class="hint">{ "A scenario is chosen above, and goes before how it grants." }</p>
                }
                { form(&forms::OPERATOR, forms::operator(config)) }
            </>
        },
        html! {
            <>
                <p class="hint">{ "Identifiers of one device belong together: a request that mixes those of two is refused." }</p>
                { device_list(&config.devices, on_act) }
                <details class="set__more">
                    <summary>{ "Add a device" }</summary>
                    { form(&forms::DEVICE, Vec::new()) }
                </details>
            </>
        },
        html! { <Profiles config={config.clone()} page={page.clone()} on_act={on_act.clone()} /> },
        html! {
            <>
                <p class="hint">{ "Older records go when there are more. Live sessions all stay." }</p>
                { form(&forms::LIMITS, forms::limits(config)) }
            </>
        },
    ];
    html! {
        <Dialog title="Settings" side=true onclose={doing(on_act, Act::Close)}>
            <nav class="set__nav" aria-label="Sections of the settings">
                { for SECTIONS.iter().map(|(id, name, _)| way(id, name)) }
            </nav>
            { for SECTIONS.iter().zip(sections).map(|((id, _, title), content)| section(id, title, content)) }
        </Dialog>
    }
}

fn way(id: &'static str, name: &'static str) -> Html {
    let onclick = move |event: MouseEvent| go_to(&event, id);
    html! { <button key={id} class="btn btn--sm btn--ghost" type="button" {onclick}>{ name }</button> }
}

fn section(id: &'static str, title: &'static str, content: Html) -> Html {
    let heading = id.to_owned() + "-h";
    html! {
        <section key={id} class="set" {id} tabindex="-1" aria-labelledby={heading.clone()}>
            <h3 id={heading}>{ title }</h3>
            { content }
        </section>
    }
}
