//! Which heading means which section: the synonyms, as data.

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A written section of the templates.
    Section(&'static str),
    /// Rows with times.
    Timeline,
    /// What is given as a cause.
    Causes,
    /// What is to be done.
    Actions,
    /// Anything else.
    Notes,
    /// What stands above the first heading.
    Opening,
}

impl Role {
    /// The section that keeps text of this part.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Section(key) => key,
            Self::Timeline => "timeline",
            Self::Causes => "causes",
            Self::Actions => "follow-up",
            Self::Notes | Self::Opening => "notes",
        }
    }
}

/// Headings in lower case. A star at the end stands for any further words, at the start for any words before.
const HEADINGS: [(Role, &[&str]); 21] = [
    (
        Role::Timeline,
        &[
            "timeline",
            "timeline*",
            "* timeline",
            "time line",
            "key events",
            "chronology*",
            "sequence of events*",
            "chain of events",
            "incident log",
            "event log",
            "events",
            "what happened when",
            "log of events",
            "incident timeline*",
        ],
    ),
    (
        Role::Causes,
        &[
            "root cause*",
            "primary cause*",
            "underlying cause*",
            "cause",
            "causes",
            "causes and *",
            "proximate cause*",
            "contributing factor*",
            "contributing condition*",
            "contributing cause*",
            "contributors",
            "trigger",
            "triggers",
            "trigger and *",
            "why did it happen*",
            "why did this happen*",
            "why it happened*",
            "why",
            "five whys",
            "5 whys",
            "the five whys",
            "the 5 whys",
            "how did it happen*",
            "how did this happen*",
            "what caused *",
            "what broke",
            "analysis",
            "analysis of *",
            "technical analysis",
            "causal analysis",
            "failure analysis",
            "fault",
            "reason",
            "reasons",
            "* root cause*",
            "cause of *",
            "impact analysis and root cause",
        ],
    ),
    (
        Role::Actions,
        &[
            "action item*",
            "actions",
            "action*",
            "actionable*",
            "follow-up*",
            "follow up*",
            "followup*",
            "next steps*",
            "todo",
            "to do",
            "to-do",
            "todos",
            "remediation items",
            "remediations",
            "improvements",
            "planned improvements",
            "process improvements",
            "technical improvements",
            "documentation improvements",
            "short-term improvements*",
            "medium-term improvements*",
            "long-term improvements*",
            "review actions",
            "corrective action*",
            "corrective and *",
            "preventive *",
            "preventative *",
            "prevention",
            "immediate actions*",
            "planned actions*",
            "resulting action*",
            "tasks",
            "tickets",
            "what we're doing about it",
            "what we are doing about it",
            "how are we preventing *",
            "how we will prevent *",
            "what we will do*",
            "future work",
            "future steps",
            "next actions",
            "remediation tasks",
            "recommendations",
            "work items",
            "commitments",
            "moving forward",
            "technical improvement*",
            "measures",
        ],
    ),
    (
        Role::Section("went-well"),
        &[
            "what went well*",
            "things that went well",
            "went well",
            "what worked*",
            "what did work",
            "successes",
            "what we did well",
            "what was good",
            "the good",
            "good",
            "positives",
            "what helped",
        ],
    ),
    (
        Role::Section("went-badly"),
        &[
            "what went wrong*",
            "what went poorly*",
            "things that went poorly",
            "things that went wrong",
            "what went badly*",
            "what didn't go well*",
            "what did not go well*",
            "what didn't work*",
            "what did not work*",
            "what could have gone better*",
            "what could be better*",
            "what could be improved*",
            "what can be improved*",
            "went badly",
            "went wrong",
            "went poorly",
            "what went less well*",
            "what was bad",
            "the bad",
            "bad",
            "negatives",
            "what hindered",
            "room for improvement",
            "opportunities",
            "opportunities for improvement",
            "areas for improvement",
        ],
    ),
    (
        Role::Section("luck"),
        &[
            "where we got lucky*",
            "where did we get lucky*",
            "luck",
            "what was lucky",
            "lucky",
            "near misses",
            "how we got lucky",
        ],
    ),
    (
        Role::Section("surprise"),
        &[
            "what surprised us*",
            "surprises",
            "surprise",
            "what was surprising",
            "what was unexpected",
        ],
    ),
    (
        Role::Section("summary"),
        &[
            "summary",
            "summary *",
            "executive summary",
            "overview",
            "tl;dr",
            "tldr",
            "tl dr",
            "issue summary",
            "incident summary",
            "incident overview",
            "description",
            "incident description",
            "problem description",
            "abstract",
            "synopsis",
            "in brief",
            "in short",
            "what is this",
            "what is this about",
            "at a glance",
            "what happened",
            "what happened here",
            "the incident",
            "the situation",
            "situation",
            "problem",
            "the problem",
            "issue",
            "outline",
            "brief description",
            "short summary",
            "event description",
        ],
    ),
    (
        Role::Section("impact"),
        &[
            "impact",
            "impact *",
            "user impact*",
            "customer impact*",
            "business impact*",
            "overall impact",
            "the impact*",
            "impacts",
            "scope",
            "scope of *",
            "effect",
            "customer effect",
            "duration",
            "affected *",
            "what was affected",
            "what was impacted",
            "who was affected*",
            "severity and impact",
            "service impact",
            "data impact",
            "data integrity",
            "damage",
            "the impact data",
            "impact analysis",
            "users affected",
            "consequences",
        ],
    ),
    (
        Role::Section("detection"),
        &[
            "detection",
            "detection *",
            "detected",
            "identified",
            "how we noticed",
            "how did we notice*",
            "how was it detected*",
            "how it was detected",
            "how was the incident detected*",
            "monitoring",
            "alerts",
            "alerting",
            "monitoring and alerting",
            "discovery",
            "how we found out*",
            "first sign*",
        ],
    ),
    (
        Role::Section("response"),
        &[
            "response",
            "response *",
            "resolution",
            "resolution *",
            "mitigation",
            "mitigations",
            "mitigation *",
            "recovery",
            "recovery *",
            "remediation",
            "remediation *",
            "how we responded",
            "how did we respond*",
            "how was it resolved*",
            "how we fixed it",
            "the fix",
            "fix",
            "fixes",
            "repair",
            "restoration",
            "incident response",
            "service restoration",
            "what we did",
            "actions taken",
            "what actions we have taken",
            "immediate response",
            "containment",
            "eradication",
            "workaround",
            "investigation",
            "investigation and *",
            "diagnosis",
            "escalation",
            "what we're doing",
            "solution",
            "solution*",
        ],
    ),
    (
        Role::Section("lessons"),
        &[
            "lessons learned*",
            "lessons learnt*",
            "lessons",
            "learnings",
            "learning",
            "key learnings",
            "what we learned*",
            "what did we learn*",
            "what have we learned*",
            "what we've learned*",
            "takeaways",
            "key takeaways",
            "conclusion",
            "conclusions",
            "what can we learn*",
            "lesson*",
            "reflections*",
            "retrospective",
            "closing thoughts",
            "thoughts",
        ],
    ),
    (
        Role::Section("external"),
        &[
            "external message",
            "external communication*",
            "external comms",
            "customer communication*",
            "customer message",
            "public statement",
            "public message",
            "status page*",
            "statuspage*",
            "statement",
            "what we told customers",
            "announcement",
            "announcements",
        ],
    ),
    (
        Role::Section("communication"),
        &[
            "communication",
            "communications",
            "internal communication*",
            "comms",
            "communication *",
        ],
    ),
    (
        Role::Section("decisions"),
        &[
            "decisions",
            "decision",
            "decisions and options",
            "key decisions",
            "decision log",
            "options considered",
            "decisions made",
            "options",
        ],
    ),
    (
        Role::Section("effects"),
        &[
            "effects on people",
            "effect on people",
            "human impact",
            "people impact",
            "effects",
            "toll on people",
        ],
    ),
    (
        Role::Section("defences"),
        &[
            "defences",
            "defenses",
            "defences that held",
            "defenses that held",
            "what stopped it",
            "safeguards",
            "what held",
            "barriers",
        ],
    ),
    (
        Role::Section("adaptations"),
        &[
            "adaptations",
            "adaptations worth keeping",
            "improvisations",
            "workarounds worth keeping",
        ],
    ),
    (
        Role::Section("open-questions"),
        &[
            "open questions*",
            "questions",
            "unanswered questions*",
            "questions for follow up",
            "questions for follow-up",
            "what we do not know",
            "what we don't know*",
            "what we still do not know*",
            "unknowns",
            "outstanding questions",
            "still to be discussed",
        ],
    ),
    (
        Role::Section("background"),
        &[
            "background",
            "background *",
            "context",
            "introduction",
            "preface",
            "preamble",
            "prerequisites",
            "architecture",
            "system overview",
            "about the service",
            "history",
            "leadup",
            "lead-up",
            "lead up",
            "state of the system",
            "terminology",
            "glossary",
        ],
    ),
    (
        Role::Section("first-story"),
        &[
            "first story",
            "what was said on day one",
            "initial report",
            "first report",
        ],
    ),
];

/// A template's questions and hints that were left standing; they say what follows where headings were lost.
const PROMPTS: [(Role, &str); 17] = [
    (
        Role::Section("summary"),
        "this is a short (<= 1 paragraph) of what happened",
    ),
    (Role::Section("impact"), "who was affected and how?"),
    (
        Role::Section("detection"),
        "was automated monitoring the first to detect",
    ),
    (Role::Section("detection"), "how were we made aware"),
    (
        Role::Timeline,
        "this is a step by step outline of what happened",
    ),
    (
        Role::Section("lessons"),
        "what weaknesses did we learn about",
    ),
    (Role::Section("lessons"), "what weakness did we learn about"),
    (Role::Section("lessons"), "what we learned from this"),
    (Role::Section("went-well"), "what went well?"),
    (Role::Section("went-badly"), "what went poorly?"),
    (Role::Section("luck"), "where did we get lucky?"),
    (
        Role::Notes,
        "how many people were involved in the remediation?",
    ),
    (
        Role::Notes,
        "where is the documentation that someone responding",
    ),
    (
        Role::Notes,
        "add links to information that someone responding",
    ),
    (
        Role::Actions,
        "explicit next steps to prevent this from happening again",
    ),
    (Role::Actions, "direct actionables to prevent"),
    (Role::Actions, "next steps to prevent this"),
];

/// What a heading means, if it is known.
pub(super) fn role(heading: &str) -> Option<Role> {
    if heading.len() > 200 {
        return None;
    }
    let words = spelled(heading);
    if words.is_empty() {
        return None;
    }
    let exact = |pattern: &str| pattern == words;
    let starred = |pattern: &str| {
        let middle = pattern.trim_matches('*');
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, true) => words.contains(middle),
            (true, false) => words.ends_with(middle),
            (false, true) => words.strip_prefix(middle).is_some_and(|rest| {
                middle.ends_with(' ') || !rest.starts_with(char::is_alphanumeric) || rest == "s"
            }),
            (false, false) => false,
        }
    };
    find(exact).or_else(|| find(starred))
}

fn find(matches: impl Fn(&str) -> bool) -> Option<Role> {
    HEADINGS
        .iter()
        .find(|(_, patterns)| patterns.iter().any(|pattern| matches(pattern)))
        .map(|(role, _)| *role)
}

/// What a template's question says of the text below it, if the line is one.
pub(super) fn prompt(line: &str) -> Option<Role> {
    let lower = line
        .get(..super::stamp::boundary(line, 80))?
        .trim_start_matches(['•', '*', '-', ' '])
        .to_lowercase();
    PROMPTS
        .iter()
        .find(|(_, prompt)| lower.starts_with(prompt))
        .map(|(role, _)| *role)
}

/// A heading as it is compared: lower case, without marks, numbers in front, brackets and final stops.
fn spelled(heading: &str) -> String {
    let lower = heading
        .to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
        .replace('&', "and");
    let outside = match lower.find('(') {
        Some(0) | None => lower.as_str(),
        Some(at) => lower.get(..at).unwrap_or_default(),
    };
    let words = outside
        .trim_matches(|character: char| !character.is_alphanumeric())
        .trim_start_matches(|character: char| {
            character.is_ascii_digit() || matches!(character, '.' | ')' | ' ' | ':' | '-')
        });
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['*', '`', '_'], "")
}
