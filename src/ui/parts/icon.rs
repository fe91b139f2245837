//! Icons: one path each, on a square of 16.

use yew::{Html, html};

/// A drawing beside words, which say what it stands for.
pub(in crate::ui) fn icon(shape: Shape) -> Html {
    draw(shape, "i")
}

/// The same at the size of small text.
pub(in crate::ui) fn small_icon(shape: Shape) -> Html {
    draw(shape, "i sm")
}

fn draw(shape: Shape, class: &'static str) -> Html {
    html! {
        <svg {class} viewBox="0 0 16 16" aria-hidden="true"><path d={shape.path()} /></svg>
    }
}

/// What an icon shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Shape {
    Play,
    Pause,
    Skip,
    Reset,
    Retry,
    Copy,
    Check,
    Tick,
    Wait,
    Stop,
    Off,
    Phone,
    Server,
    Arrow,
    Key,
    Chevron,
    Bulb,
    Warn,
    Tab,
    Rewind,
    Close,
    Share,
    Down,
    Theme,
    Help,
    More,
    Search,
    Plus,
    Clock,
    Bell,
    List,
    Rows,
    Trash,
    Sliders,
    Book,
    Open,
}

impl Shape {
    #[rustfmt::skip]
    pub(in crate::ui) const fn path(self) -> &'static str {
        match self {
            Self::Play => "M5 3.2v9.6L12.5 8z",
            Self::Pause => "M4.5 3h2.6v10H4.5zM8.9 3h2.6v10H8.9z",
            Self::Skip => "M3.5 3.5v9L10 8zM12.5 3.5v9",
            Self::Reset => "M3 3v3.4h3.4M3.3 6.4A5.2 5.2 0 1 1 2.8 9",
            Self::Retry => "M13 3v3.4H9.6M12.7 6.4A5.2 5.2 0 1 0 13.2 9",
            Self::Copy => "M7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5zM10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5",
            Self::Check => "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0m3.15.2 1.8 1.8 3.4-3.8",
            Self::Tick => "m3.5 8.5 3 3 6-7",
            Self::Wait => "M8.4 2.3A5.75 5.75 0 0 1 10.9 3M12.3 4.2A5.75 5.75 0 0 1 13.6 6.5M13.7 8.4A5.75 5.75 0 0 1 13 10.9M11.8 12.3A5.75 5.75 0 0 1 9.5 13.6M7.6 13.7A5.75 5.75 0 0 1 5.1 13M3.7 11.8A5.75 5.75 0 0 1 2.4 9.5M2.3 7.6A5.75 5.75 0 0 1 3 5.1M4.2 3.7A5.75 5.75 0 0 1 6.5 2.4M8 5v3.2l2 1.3",
            Self::Stop => "M5.5 2.2h5l3.3 3.3v5l-3.3 3.3h-5l-3.3-3.3v-5zM6 6l4 4M10 6l-4 4",
            Self::Off => "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M5 8h6",
            Self::Phone => "M6.1 1.8h3.8a1.6 1.6 0 0 1 1.6 1.6v9.2a1.6 1.6 0 0 1-1.6 1.6H6.1a1.6 1.6 0 0 1-1.6-1.6V3.4a1.6 1.6 0 0 1 1.6-1.6zM7.4 11.8h1.2",
            Self::Server => "M3.7 2.8h8.6a1.2 1.2 0 0 1 1.2 1.2v2a1.2 1.2 0 0 1-1.2 1.2H3.7A1.2 1.2 0 0 1 2.5 6V4a1.2 1.2 0 0 1 1.2-1.2zM3.7 8.8h8.6a1.2 1.2 0 0 1 1.2 1.2v2a1.2 1.2 0 0 1-1.2 1.2H3.7A1.2 1.2 0 0 1 2.5 12v-2a1.2 1.2 0 0 1 1.2-1.2zM5 5h.01M5 11h.01",
            Self::Arrow => "M2.5 8h10.5M9.3 4.3 13 8l-3.7 3.7",
            Self::Key => "M2.5 10.5a3 3 0 1 0 6 0a3 3 0 1 0-6 0m5.2-2.2 5.3-5.3M10.6 5.4l2 2",
            Self::Chevron => "m6.2 4 4 4-4 4",
            Self::Bulb => "M6 11.2C4.6 10.4 3.8 9 3.8 7.2a4.2 4.2 0 0 1 8.4 0c0 1.8-.8 3.2-2.2 4v1H6zM6.4 14.2h3.2",
            Self::Warn => "M8 2.3 14.2 13H1.8zM8 6.4v3.2M8 11.4h.01",
            Self::Tab => "M3.6 3h8.8A1.6 1.6 0 0 1 14 4.6v6.8a1.6 1.6 0 0 1-1.6 1.6H3.6A1.6 1.6 0 0 1 2 11.4V4.6A1.6 1.6 0 0 1 3.6 3zM2 6.2h12M6.4 3v3.2",
            Self::Rewind => "M8 4 3 8l5 4zM13.2 4l-5 4 5 4z",
            Self::Close => "m4 4 8 8M12 4l-8 8",
            Self::Share => "M6.6 9.4a2.6 2.6 0 0 0 3.9.3l2-2a2.6 2.6 0 0 0-3.7-3.7L7.9 5M9.4 6.6a2.6 2.6 0 0 0-3.9-.3l-2 2a2.6 2.6 0 0 0 3.7 3.7l.9-1",
            Self::Down => "M8 2.5v7.5M4.8 7.2 8 10.4l3.2-3.2M2.8 13.3h10.4",
            Self::Theme => "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 2.5v11M10 3.1v9.8M12 4.3v7.4",
            Self::Help => "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1M8 11.2h.01",
            Self::More => "M3 8h.01M8 8h.01M13 8h.01M3.1 8h.01M8.1 8h.01M13.1 8h.01",
            Self::Search => "M2.8 7a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0m7.4 3.2 3.3 3.3",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Clock => "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 4.8V8l2.2 1.6",
            Self::Bell => "M4 11V7.2a4 4 0 0 1 8 0V11l1.2 1.2H2.8zM6.8 14h2.4",
            Self::List => "M2.8 4h10.4M2.8 8h10.4M2.8 12h6.4",
            Self::Rows => "M2.5 4h5M5 8h8.5M3.5 12h6",
            Self::Trash => "M2.8 4.3h10.4M6.2 4.3V2.8h3.6v1.5M4.2 4.3l.6 9h6.4l.6-9",
            Self::Sliders => "M2.5 4.5h6M12 4.5h1.5M2.5 11.5h1.5M7.5 11.5h6M8.5 4.5a1.75 1.75 0 1 0 3.5 0a1.75 1.75 0 1 0-3.5 0M4 11.5a1.75 1.75 0 1 0 3.5 0a1.75 1.75 0 1 0-3.5 0",
            Self::Open => "M6.5 3.5H4A1.5 1.5 0 0 0 2.5 5v7A1.5 1.5 0 0 0 4 13.5h7a1.5 1.5 0 0 0 1.5-1.5V9.5M9 2.5h4.5V7M13.2 2.8 7.5 8.5",
            Self::Book => "M8 4.2C6.6 3 4.6 2.8 2.5 2.8v9.4c2.1 0 4.1.2 5.5 1.4 1.4-1.2 3.4-1.4 5.5-1.4V2.8c-2.1 0-4.1.2-5.5 1.4zM8 4.2v9.4",
        }
    }
}
