//! One schema for both databases; a test compares it with what the migrations make.

mod around; // what was chosen, said and imported
mod names; // words, names and roles

pub(in crate::store) use around::{comments, foreign_parts, foreign_records, reading_list};
pub(in crate::store) use names::{name_answers, name_roles, own_words};

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    people (id) {
        id -> DbUuid,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        active -> Bool,
        created_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    sessions (id_hash) {
        id_hash -> Text,
        person_id -> DbUuid,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    api_tokens (id) {
        id -> DbUuid,
        person_id -> DbUuid,
        name -> Text,
        token_hash -> Text,
        scope -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    counters (name) {
        name -> Text,
        value -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    postmortems (id) {
        key -> Integer,
        id -> DbUuid,
        number -> Nullable<Integer>,
        title -> Text,
        kind -> Text,
        tier -> Text,
        system -> Text,
        severity -> Nullable<Text>,
        status -> Text,
        visibility -> Text,
        zone -> Text,
        shepherd_id -> DbUuid,
        facilitator -> Nullable<Text>,
        template_version -> Integer,
        trigger_code -> Nullable<Text>,
        detection -> Nullable<Text>,
        impacts -> Text,
        unknown_markers -> Text,
        first_story_sealed_at -> Nullable<Timestamp>,
        no_commitments_because -> Text,
        over_limit_because -> Text,
        readers_confirmed_at -> Nullable<Timestamp>,
        happened_on -> Nullable<Date>,
        filed_on -> Date,
        source -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    sections (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        key -> Text,
        body -> Text,
        html -> Text,
        version -> Integer,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    accounts (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        position -> Integer,
        role -> Text,
        body -> Text,
        html -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    events (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        position -> Integer,
        at -> Nullable<Timestamp>,
        until -> Nullable<Timestamp>,
        precision -> Text,
        typed -> Text,
        lane -> Text,
        marker -> Nullable<Text>,
        body -> Text,
        role -> Nullable<Text>,
        source -> Nullable<Text>,
        effect -> Nullable<Text>,
        known_at_the_time -> Nullable<Bool>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    components (id) {
        id -> DbUuid,
        name -> Text,
        folded -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    statements (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        position -> Integer,
        body -> Text,
        factor -> Nullable<Text>,
        taxonomy_version -> Text,
        role -> Text,
        confidence -> Text,
        system -> Nullable<Text>,
        component_id -> Nullable<DbUuid>,
        without_this -> Text,
        scale -> Nullable<Text>,
        coded_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;
    evidence (id) {
        id -> DbUuid,
        statement_id -> DbUuid,
        position -> Integer,
        event_id -> Nullable<DbUuid>,
        link -> Nullable<Text>,
        account_role -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    actions (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        position -> Integer,
        title -> Text,
        kind -> Text,
        statement_id -> Nullable<DbUuid>,
        strength -> Nullable<Text>,
        owner -> Nullable<Text>,
        due_on -> Nullable<Date>,
        known_by -> Text,
        reach -> Text,
        reversibility -> Nullable<Text>,
        expires_on -> Nullable<Date>,
        state -> Text,
        state_reason -> Text,
        tracker -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    members (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        person_id -> DbUuid,
        role -> Nullable<Text>,
        access -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    approvals (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        person_id -> DbUuid,
        approved_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    postmortem_links (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        to_id -> DbUuid,
        relation -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    revisions (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        resource -> Text,
        resource_id -> Text,
        version -> Integer,
        body -> Text,
        note -> Text,
        author_id -> DbUuid,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    causes (id) {
        id -> DbUuid,
        statement -> Text,
        description -> Text,
        html -> Text,
        home_id -> DbUuid,
        home_since -> Timestamp,
        made_by -> DbUuid,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    cause_links (id) {
        id -> DbUuid,
        cause_id -> DbUuid,
        statement_id -> DbUuid,
        same -> Text,
        different -> Text,
        linked_by -> DbUuid,
        linked_at -> Timestamp,
        unlinked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    fixes (id) {
        id -> DbUuid,
        cause_id -> DbUuid,
        position -> Integer,
        tried -> Text,
        tried_on -> Nullable<Date>,
        strength -> Nullable<Text>,
        outcome -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    cause_decisions (id) {
        id -> DbUuid,
        cause_id -> DbUuid,
        decision -> Text,
        reason -> Text,
        relook_on -> Nullable<Date>,
        decided_by -> DbUuid,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    cause_revisions (id) {
        id -> DbUuid,
        cause_id -> DbUuid,
        resource -> Text,
        resource_id -> DbUuid,
        version -> Integer,
        body -> Text,
        author_id -> DbUuid,
        saved_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    audit_entries (id) {
        id -> DbUuid,
        actor_id -> Nullable<DbUuid>,
        action -> Text,
        subject -> Text,
        subject_id -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    idempotency_keys (key_hash) {
        key_hash -> Text,
        request_hash -> Text,
        status -> Integer,
        body -> Text,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    search_documents (key) {
        key -> Integer,
        postmortem_id -> DbUuid,
        lede -> Text,
        factors -> Text,
        title -> Text,
        statements -> Text,
        body -> Text,
        layout -> Text,
    }
}

diesel::table! {
    search_facts (key) {
        key -> Integer,
        facts -> BigInt,
        open -> Bool,
    }
}

diesel::table! {
    search_signals (key) {
        key -> Integer,
        counts -> Binary,
        about -> Text,
    }
}

diesel::table! {
    search_vocabulary (word) {
        word -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::super::sql_types::DbUuid;

    wording_answers (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        place -> Text,
        rule -> Text,
        sentence -> Text,
        reason -> Text,
        words -> Text,
        answered_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    people,
    sessions,
    api_tokens,
    settings,
    counters,
    postmortems,
    sections,
    accounts,
    events,
    components,
    statements,
    evidence,
    actions,
    members,
    approvals,
    postmortem_links,
    revisions,
    causes,
    cause_links,
    fixes,
    cause_decisions,
    cause_revisions,
    audit_entries,
    idempotency_keys,
    search_documents,
    search_facts,
    search_signals,
    search_vocabulary,
    wording_answers,
    reading_list,
    comments,
    foreign_records,
    foreign_parts,
);

diesel::joinable!(sessions -> people (person_id));
diesel::joinable!(api_tokens -> people (person_id));
diesel::joinable!(statements -> components (component_id));
diesel::joinable!(statements -> postmortems (postmortem_id));
diesel::joinable!(evidence -> statements (statement_id));
diesel::joinable!(members -> people (person_id));
diesel::joinable!(revisions -> people (author_id));
diesel::joinable!(reading_list -> postmortems (postmortem_id));
diesel::joinable!(comments -> people (author_id));
diesel::joinable!(sections -> postmortems (postmortem_id));
diesel::joinable!(events -> postmortems (postmortem_id));
diesel::joinable!(actions -> postmortems (postmortem_id));
diesel::joinable!(cause_links -> causes (cause_id));
diesel::joinable!(cause_links -> statements (statement_id));
diesel::joinable!(search_documents -> postmortems (postmortem_id));
diesel::joinable!(causes -> postmortems (home_id));
diesel::joinable!(foreign_records -> postmortems (postmortem_id));
