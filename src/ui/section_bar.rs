//! The way between the parts of the console where they stand below each other.

use web_sys::{Element, MouseEvent, ScrollIntoViewOptions};
use yew::{Html, TargetCast as _, html};

use super::layout::Layout;
use super::parts::{Shape, icon};

const SECTIONS: [(&str, &str, Shape); 4] = [
    ("request", "Request", Shape::Arrow),
    ("sessions", "Sessions", Shape::Rows),
    ("notifications", "Notifications", Shape::Bell),
    ("traffic", "Traffic", Shape::List),
];

/// A button for each part. Fragments belong to the page and do not reach into the element.
pub(super) fn section_bar(layout: Layout) -> Html {
    let shown = [
        layout.request,
        layout.session || layout.timeline,
        layout.notifications,
        layout.traffic,
    ];
    let button = |(id, title, shape): (&'static str, &'static str, Shape)| {
        html! {
            <button key={id} type="button" onclick={move |event: MouseEvent| go_to(&event, id)}>{ icon(shape) }{ title }</button>
        }
    };
    let sections = SECTIONS.into_iter().zip(shown).filter(|(_, shown)| *shown);
    let sections = sections.map(|(section, _)| section);
    html! {
        <nav class="secnav" aria-label="Sections">{ for sections.map(button) }</nav>
    }
}

/// A way past the bars, for the keyboard.
pub(super) fn skip_link() -> Html {
    let onclick = |event: MouseEvent| go_to(&event, "request");
    html! { <button class="skip" type="button" {onclick}>{ "Skip to request" }</button> }
}

/// Shows the part of that id, and has the next Tab go on from there.
pub(super) fn go_to(event: &MouseEvent, id: &str) {
    let root = event
        .target_dyn_into::<Element>()
        .map(|button| button.get_root_node());
    let root =
        root.and_then(|root| wasm_bindgen::JsCast::dyn_into::<web_sys::ShadowRoot>(root).ok());
    let Some(section) = root.and_then(|root| root.get_element_by_id(id)) else {
        return;
    };
    section.scroll_into_view_with_scroll_into_view_options(&ScrollIntoViewOptions::new());
    if let Ok(section) = wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(section) {
        // The next Tab goes on from there.
        let _ = section.focus();
    }
}
