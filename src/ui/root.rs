//! The elements that consoles are rendered into.
//!
//! Yew listens at the root of an application for good: a root is never let go, it is used again.

use std::cell::RefCell;

use web_sys::{Element, window};
use yew::{AppHandle, Html, Properties, Renderer, component, html};

use super::app::{App, AppProps};

thread_local! {
    /// Those in which nothing is shown at the moment.
    static IDLE: RefCell<Vec<Root>> = const { RefCell::new(Vec::new()) };
}

/// An element in which one console after another is shown.
pub(super) struct Root {
    handle: AppHandle<Frame>,
    element: Element,
    /// How many were shown in it.
    turn: u32,
}

#[derive(Properties, PartialEq)]
struct FrameProps {
    /// The number of a console, and the console.
    shown: Option<(u32, AppProps)>,
}

/// A console, or nothing.
#[component]
fn Frame(props: &FrameProps) -> Html {
    match &props.shown {
        Some((turn, app)) => html! { <App key={*turn} ..app.clone() /> },
        None => Html::default(),
    }
}

impl Root {
    /// Shows a console at the end of an element; nothing where there is no document.
    pub(super) fn show(within: &Element, props: AppProps) -> Option<Self> {
        let mut root = IDLE.with_borrow_mut(Vec::pop).or_else(Self::new)?;
        root.turn = root.turn.wrapping_add(1);
        let shown = Some((root.turn, props));
        // It is an element of ours, in nothing else.
        within.append_child(&root.element).ok()?;
        root.handle.update(FrameProps { shown });
        Some(root)
    }

    fn new() -> Option<Self> {
        let element = window()?.document()?.create_element("div").ok()?;
        let props = FrameProps { shown: None };
        let handle = Renderer::<Frame>::with_root_and_props(element.clone(), props).render();
        Some(Self {
            handle,
            element,
            turn: 0,
        })
    }

    /// Takes the console away, with all that it listens to.
    pub(super) fn clear(mut self) {
        self.handle.update(FrameProps { shown: None });
        self.element.remove();
        IDLE.with_borrow_mut(|idle| idle.push(self));
    }
}
