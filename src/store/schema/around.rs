//! What stands around post-mortems: what was chosen, said and imported.

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    reading_list (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        position -> Integer,
        question -> Text,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    comments (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        about -> Text,
        author_id -> DbUuid,
        text -> Text,
        html -> Text,
        written_at -> Timestamp,
        edited_at -> Nullable<Timestamp>,
        resolved_at -> Nullable<Timestamp>,
        version -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    foreign_records (id) {
        id -> DbUuid,
        postmortem_id -> DbUuid,
        source -> Text,
        foreign_id -> Text,
        waiting -> Bool,
        imported_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::sql_types::DbUuid;

    foreign_parts (id) {
        id -> DbUuid,
        record_id -> DbUuid,
        resource -> Text,
        part -> Text,
        resource_id -> Text,
        version -> Integer,
        digest -> Text,
    }
}
