//! The identifiers that stand for scenarios: press one to use it.

use web_sys::InputEvent;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state};

use super::scenario::scenarios;
use crate::sandbox::{Named, TestValues as Values};
use crate::ui::act::{Act, doing};
use crate::ui::parts::{Dialog, Shape, icon, typed};

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct TestValuesProps {
    pub(in crate::ui) on_act: Callback<Act>,
}

/// The members of `Device`, and what they are called here.
const MEMBERS: [(&str, &str); 4] = [
    ("phoneNumber", "Phone number"),
    ("ipv4Address", "IPv4"),
    ("ipv6Address", "IPv6"),
    ("networkAccessIdentifier", "Network access identifier"),
];

/// A row for each scenario, a button for each value. The roles stay where it is shown as cards.
#[component]
pub(in crate::ui) fn TestValues(props: &TestValuesProps) -> Html {
    let wanted = use_state(String::new);
    let oninput = {
        let wanted = wanted.setter();
        move |event: InputEvent| wanted.set(typed(&event))
    };
    let rows: Vec<_> = scenarios()
        .filter(|(named, label)| matches(&wanted, named, label))
        .collect();
    let head = |label: &'static str| html! { <th role="columnheader" scope="col">{ label }</th> };
    html! {
        <Dialog title="Test values" wide=true onclose={doing(&props.on_act, Act::Close)}>
            <p class="note">{ "A request about a device with one of these follows its scenario, whatever is chosen for new sessions. Press one to put it into the form." }</p>
            <div class="affix tv__filter">
                <span class="prefix">{ icon(Shape::Search) }</span>
                <input
                    class="input" type="search" aria-label="Filter test values" placeholder="Filter by outcome, name or value"
                    value={(*wanted).clone()} {oninput} autocomplete="off" spellcheck="false"
                />
            </div>
            <p class="vh" role="status">{ rows.len() }{ " scenarios" }</p>
            if rows.is_empty() {
                <p class="set__none">{ "No scenario has that in it." }</p>
            } else {
                <table class="grid tv" role="table">
                    <thead role="rowgroup">
                        <tr role="row">{ head("Outcome") }{ for MEMBERS.map(|(_, label)| head(label)) }</tr>
                    </thead>
                    <tbody role="rowgroup">{ for rows.iter().map(|(named, label)| row(named, label, &props.on_act)) }</tbody>
                </table>
            }
        </Dialog>
    }
}

fn row(named: &Named, label: &'static str, on_act: &Callback<Act>) -> Html {
    let values = in_order(named.test_values());
    let cell = |((member, title), value): ((&'static str, &'static str), String)| {
        let value = AttrValue::from(value);
        let name = ["Use ", title, " ", &value].concat();
        let onclick = {
            let value = value.clone();
            doing(on_act, Act::UseTestValue(member.into(), value))
        };
        html! {
            <td key={member} role="cell" data-label={title}>
                <button class="tv__use mono" type="button" aria-label={name} {onclick}>{ value }</button>
            </td>
        }
    };
    html! {
        <tr key={named.name} role="row">
            <th role="rowheader" scope="row">
                <b>{ label }</b><small>{ named.description }</small><code class="mono">{ named.name }</code>
            </th>
            { for MEMBERS.into_iter().zip(values).map(cell) }
        </tr>
    }
}

fn in_order(values: Values) -> [String; 4] {
    [
        values.phone_number,
        values.ipv4_address,
        values.ipv6_address,
        values.network_access_identifier,
    ]
}

/// Whether a scenario has a text in its words or values, in any case.
fn matches(wanted: &str, named: &Named, label: &str) -> bool {
    let wanted = wanted.trim().to_ascii_lowercase();
    let words = [label, named.name, named.description].map(str::to_ascii_lowercase);
    let values = in_order(named.test_values());
    words
        .iter()
        .chain(&values)
        .any(|text| text.contains(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn words_names_and_values_are_searched() {
        let found = |wanted: &str| {
            let all = scenarios().filter(|(named, label)| matches(wanted, named, label));
            all.map(|(named, _)| named.name).collect::<Vec<_>>()
        };
        assert_eq!(found("").len(), 22);
        assert_eq!(found(" HALFWAY "), ["terminated-halfway"]);
        assert_eq!(found("+99900000012"), ["conflict"]);
        assert_eq!(found("2001:db8:5a7d:22::1"), ["notification-out-of-order"]);
        assert_eq!(found("nothing of the kind"), [""; 0]);
    }
}
