//! Showing where something is done: it is scrolled to, gets the focus and, for a moment, an outline.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot};

/// Points at the first of these places that is there and can be seen; false if none is.
pub(super) fn point(from: &Element, places: &[(&str, &str)]) -> bool {
    let Ok(root) = from.get_root_node().dyn_into::<ShadowRoot>() else {
        return false;
    };
    unpoint(&root);
    let found = places
        .iter()
        .find_map(|(selector, text)| find(&root, selector, text));
    let Some(found) = found else {
        return false;
    };
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    found.scroll_into_view_with_scroll_into_view_options(&options);
    // A class is a word; what cannot have the focus leaves it where it is.
    let _ = found.class_list().add_1("pointed");
    let _ = found.focus();
    true
}

/// Takes the outlines away.
pub(super) fn unpoint(root: &ShadowRoot) {
    for element in all(root, ".pointed") {
        let _ = element.class_list().remove_1("pointed");
    }
}

fn find(root: &ShadowRoot, selector: &str, text: &str) -> Option<HtmlElement> {
    let begins = |element: &HtmlElement| {
        let label = element
            .get_attribute("aria-label")
            .or_else(|| element.text_content());
        label.unwrap_or_default().trim_start().starts_with(text)
    };
    let seen = |element: &HtmlElement| element.get_client_rects().length() > 0;
    all(root, selector)
        .into_iter()
        .find(|element| seen(element) && begins(element))
}

fn all(root: &ShadowRoot, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    let all = (0..found.length()).filter_map(|place| found.get(place));
    all.filter_map(|node| node.dyn_into().ok()).collect()
}
