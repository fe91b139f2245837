//! A menu behind a button, in the top layer: no scrolling pane cuts it off.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::{
    AttrValue, Callback, Event, Html, KeyboardEvent, NodeRef, Properties, classes, component, html,
    use_node_ref, use_state,
};

use super::icon::{Shape, icon};
use crate::ui::format;
use crate::ui::use_effect::use_effect_with;

/// A line of a menu.
#[derive(Clone, PartialEq)]
pub(in crate::ui) enum Line {
    /// What the lines below are.
    Heading(&'static str),
    Rule,
    Item(Item),
}

/// Something to choose.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Item {
    pub(in crate::ui) shape: Option<Shape>,
    pub(in crate::ui) label: AttrValue,
    /// What it does, or why it cannot.
    pub(in crate::ui) note: AttrValue,
    /// The key that does the same.
    pub(in crate::ui) key: &'static str,
    pub(in crate::ui) disabled: bool,
    pub(in crate::ui) danger: bool,
    pub(in crate::ui) onpick: Callback<()>,
}

impl Item {
    pub(in crate::ui) fn new(label: impl Into<AttrValue>, onpick: Callback<()>) -> Self {
        Self {
            shape: None,
            label: label.into(),
            note: AttrValue::default(),
            key: "",
            disabled: false,
            danger: false,
            onpick,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(in crate::ui) struct MenuProps {
    /// The button's class, content and name; without a name the content is it.
    pub(in crate::ui) class: AttrValue,
    pub(in crate::ui) children: Html,
    #[prop_or_default]
    pub(in crate::ui) label: Option<AttrValue>,
    /// The menu's own name.
    pub(in crate::ui) name: AttrValue,
    pub(in crate::ui) lines: Vec<Line>,
}

/// The button and its menu: arrows, Home, End and letters move, Escape goes back to the button.
#[component]
pub(in crate::ui) fn Menu(props: &MenuProps) -> Html {
    let (button, popover) = (use_node_ref(), use_node_ref());
    let open = use_state(|| false);
    let onclick = {
        let (open, button, popover) = (open.clone(), button.clone(), popover.clone());
        move |_| {
            if let Some(shown) = popover.cast::<HtmlElement>() {
                // It is in the page and was not shown: nothing to refuse.
                let _ = shown.show_popover();
            }
            // Closed just before, it has its lines still.
            place(&button, &popover);
            focus(items(&popover).first());
            open.set(true);
        }
    };
    // Once its lines are there: before, it has no height, and nothing to focus.
    use_effect_with(*open, {
        let (button, popover) = (button.clone(), popover.clone());
        move |open| {
            if *open {
                place(&button, &popover);
                focus(items(&popover).first());
            }
        }
    });
    let ontoggle = {
        let (open, popover) = (open.clone(), popover.clone());
        move |_: Event| {
            let shown = popover
                .cast::<Element>()
                .is_some_and(|popover| popover.matches(":popover-open").unwrap_or(false));
            open.set(shown);
        }
    };
    let onkeydown = {
        let (button, popover) = (button.clone(), popover.clone());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                // The browser gives the focus back to what it knows of, not into a shadow tree.
                event.prevent_default();
                event.stop_propagation();
                hide(&button, &popover);
            } else {
                move_focus(&popover, &event);
            }
        }
    };
    html! {
        <>
            <button
                ref={button.clone()} class={&props.class} type="button" aria-haspopup="menu" aria-expanded={open.to_string()}
                aria-label={props.label.clone()} title={props.label.clone()} {onclick}
            >
                { props.children.clone() }
            </button>
            <div ref={popover.clone()} class="popover" popover="auto" role="menu" aria-label={&props.name} {ontoggle} {onkeydown}>
                // What is not seen is not there: a list of rows has a menu for each.
                if *open {
                    { for props.lines.iter().enumerate().map(|(place, line)| self::line(place, line, &button, &popover)) }
                }
            </div>
        </>
    }
}

fn line(place: usize, line: &Line, button: &NodeRef, popover: &NodeRef) -> Html {
    match line {
        Line::Heading(text) => {
            html! { <p key={place} class="popover__heading" role="presentation">{ *text }</p> }
        }
        Line::Rule => html! { <hr key={place} /> },
        Line::Item(item) => {
            let (onpick, disabled) = (item.onpick.clone(), item.disabled);
            let (button, popover) = (button.clone(), popover.clone());
            let onclick = move |_| {
                if !disabled {
                    hide(&button, &popover);
                    onpick.emit(());
                }
            };
            html! {
                <button
                    key={place} class={classes!("mi", item.danger.then_some("danger"))} role="menuitem" type="button"
                    tabindex="-1" aria-disabled={disabled.then_some("true")} {onclick}
                >
                    <span class="mi__icon">{ for item.shape.map(icon) }</span>
                    <span>{ &item.label }</span>
                    if !item.key.is_empty() {
                        <kbd>{ item.key }</kbd>
                    }
                    if !item.note.is_empty() {
                        <small>{ &item.note }</small>
                    }
                </button>
            }
        }
    }
}

/// Puts it below the button, or above where there is no room.
fn place(button: &NodeRef, popover: &NodeRef) {
    let (Some(button), Some(popover)) =
        (button.cast::<HtmlElement>(), popover.cast::<HtmlElement>())
    else {
        return;
    };
    let (anchor, size) = (
        button.get_bounding_client_rect(),
        popover.get_bounding_client_rect(),
    );
    let root = button
        .owner_document()
        .and_then(|document| document.document_element());
    let (width, height) = root.map_or((0, 0), |root| (root.client_width(), root.client_height()));
    // Not `clamp`, which can panic: its message would have Rust write numbers with decimals.
    let left = (anchor.right() - size.width())
        .min(f64::from(width) - size.width() - 8.0)
        .max(8.0);
    let below = anchor.bottom() + 4.0;
    let top = if below + size.height() > f64::from(height) - 8.0 {
        (anchor.top() - size.height() - 4.0).max(8.0)
    } else {
        below
    };
    let style = popover.style();
    // Lengths in pixels are taken.
    let _ = style.set_property("left", &(format::number(left) + "px"));
    let _ = style.set_property("top", &(format::number(top) + "px"));
}

fn hide(button: &NodeRef, popover: &NodeRef) {
    if let Some(popover) = popover.cast::<HtmlElement>() {
        // It is shown.
        let _ = popover.hide_popover();
    }
    focus(button.cast::<HtmlElement>().as_ref());
}

fn items(popover: &NodeRef) -> Vec<HtmlElement> {
    let Some(popover) = popover.cast::<Element>() else {
        return Vec::new();
    };
    let Ok(found) = popover.query_selector_all("[role=menuitem]") else {
        return Vec::new();
    };
    let items = (0..found.length()).filter_map(|place| found.get(place));
    items.filter_map(|item| item.dyn_into().ok()).collect()
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        // What cannot have the focus leaves it where it is.
        let _ = element.focus();
    }
}

fn move_focus(popover: &NodeRef, event: &KeyboardEvent) {
    let items = items(popover);
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let at = items
        .iter()
        .position(|item| Some(item) == target.as_ref())
        .unwrap_or(0);
    let last = items.len().saturating_sub(1);
    let key = event.key();
    let next = match key.as_str() {
        "ArrowDown" if at == last => 0,
        "ArrowDown" => at + 1,
        "ArrowUp" if at == 0 => last,
        "ArrowUp" => at - 1,
        "Home" => 0,
        "End" => last,
        // Shortcuts of the page are off here: letters go to items.
        _ if key.chars().count() == 1 && key != " " => {
            event.stop_propagation();
            let typed = key.to_ascii_lowercase();
            let begins = |place: &usize| {
                let text = items
                    .get(*place)
                    .and_then(|item| item.text_content())
                    .unwrap_or_default();
                text.to_ascii_lowercase().starts_with(&typed)
            };
            let Some(found) = (at + 1..items.len()).chain(0..=at).find(begins) else {
                return;
            };
            found
        }
        _ => return,
    };
    event.prevent_default();
    focus(items.get(next));
}
