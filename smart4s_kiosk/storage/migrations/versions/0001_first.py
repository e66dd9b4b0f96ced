"""The first tables.

Revision: 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op
from smart4s_kiosk.storage.columns import UtcTime
from smart4s_kiosk.storage.columns import Words

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreements',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', Words(), nullable=False),
    sa.Column('kind', Words(), nullable=False),
    sa.Column('state', Words(), nullable=False),
    sa.Column('visit_id', Words(), nullable=False),
    sa.Column('car_id', Words(), nullable=False),
    sa.Column('consultant_id', Words(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('text_version', Words(), nullable=False),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('driver_name', Words(), nullable=False),
    sa.Column('licence_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('licence_classes', Words(), nullable=False),
    sa.Column('licence_valid_until', sa.Date(), nullable=True),
    sa.Column('licence_first_issue', sa.Date(), nullable=True),
    sa.Column('decision', Words(), nullable=False),
    sa.Column('verdict_words', Words(), nullable=False),
    sa.Column('second_staff_id', Words(), nullable=True),
    sa.Column('route', Words(), nullable=False),
    sa.Column('energy_level', Words(), nullable=False),
    sa.Column('clauses_read', Words(), nullable=False),
    sa.Column('signed_by_customer_at', UtcTime(), nullable=True),
    sa.Column('signed_by_staff_at', UtcTime(), nullable=True),
    sa.Column('customer_strokes', Words(), nullable=True),
    sa.Column('staff_strokes', Words(), nullable=True),
    sa.Column('pdf', Words(), nullable=True),
    sa.Column('seal_hash', Words(), nullable=False),
    sa.Column('sealed_at', UtcTime(), nullable=True),
    sa.Column('key_out_at', UtcTime(), nullable=True),
    sa.Column('due_at', UtcTime(), nullable=True),
    sa.Column('mileage_out_km', sa.Integer(), nullable=True),
    sa.Column('returned_at', UtcTime(), nullable=True),
    sa.Column('mileage_in_km', sa.Integer(), nullable=True),
    sa.Column('damage', Words(), nullable=False),
    sa.Column('void_reason', Words(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreements'))
    )
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreements_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreements_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreements_visit_id'), ['visit_id'], unique=False)
        batch_op.create_index('uq_agreements_number', ['number'], unique=True, sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"))

    op.create_table('announcements',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('origin', Words(), nullable=False),
    sa.Column('concept', Words(), nullable=False),
    sa.Column('subject_id', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_announcements')),
    sqlite_autoincrement=True
    )
    op.create_table('appointments',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('code', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('purpose', Words(), nullable=False),
    sa.Column('name', Words(), nullable=False),
    sa.Column('title', Words(), nullable=False),
    sa.Column('state', Words(), nullable=False),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('consultant_id', Words(), nullable=True),
    sa.Column('phone_fingerprint', Words(), nullable=False),
    sa.Column('tail_fingerprint', Words(), nullable=False),
    sa.Column('model', Words(), nullable=False),
    sa.Column('note', Words(), nullable=False),
    sa.Column('party_size', sa.Integer(), nullable=False),
    sa.Column('visit_id', Words(), nullable=True),
    sa.Column('source', Words(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_at'), ['at'], unique=False)
        batch_op.create_index('uq_appointments_code', ['code'], unique=True, sqlite_where=sa.text("code <> ''"), postgresql_where=sa.text("code <> ''"))

    op.create_table('audit',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('act', Words(), nullable=False),
    sa.Column('subject_id', Words(), nullable=False),
    sa.Column('staff_id', Words(), nullable=True),
    sa.Column('terminal_id', Words(), nullable=False),
    sa.Column('reason', Words(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('content_hash', Words(), nullable=False),
    sa.Column('previous', Words(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)
        batch_op.create_index('ix_audit_staff_id_act_at', ['staff_id', 'act', 'at'], unique=False)

    op.create_table('business_settings',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('by', Words(), nullable=True),
    sa.Column('content', Words(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_business_settings'))
    )
    op.create_table('command_cursor',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('cursor', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_command_cursor'))
    )
    op.create_table('commands',
    sa.Column('id', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commands'))
    )
    op.create_table('consents',
    sa.Column('id', Words(), nullable=False),
    sa.Column('kind', Words(), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('text_version', Words(), nullable=False),
    sa.Column('text_hash', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('terminal_id', Words(), nullable=False),
    sa.Column('surface', Words(), nullable=False),
    sa.Column('visit_id', Words(), nullable=True),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('seconds_on_screen', sa.Integer(), nullable=False),
    sa.Column('language', Words(), nullable=False),
    sa.Column('expires_at', UtcTime(), nullable=True),
    sa.Column('withdrawn_at', UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consents_visit_id'), ['visit_id'], unique=False)

    op.create_table('counters',
    sa.Column('name', Words(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', 'day', name=op.f('pk_counters'))
    )
    op.create_table('customers',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', Words(), nullable=False),
    sa.Column('name', Words(), nullable=False),
    sa.Column('title', Words(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('source', Words(), nullable=False),
    sa.Column('phone_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('phone_fingerprint', Words(), nullable=False),
    sa.Column('tail_fingerprint', Words(), nullable=False),
    sa.Column('plate_fingerprint', Words(), nullable=False),
    sa.Column('id_number_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('consultant_id', Words(), nullable=True),
    sa.Column('stage', Words(), nullable=False),
    sa.Column('tags', Words(), nullable=False),
    sa.Column('age_band', Words(), nullable=False),
    sa.Column('licence_classes', Words(), nullable=False),
    sa.Column('licence_valid_until', sa.Date(), nullable=True),
    sa.Column('last_visit_at', UtcTime(), nullable=True),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.Column('no_messages', sa.Boolean(), nullable=False),
    sa.Column('erased_at', UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customers'))
    )
    with op.batch_alter_table('customers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customers_consultant_id'), ['consultant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customers_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_customers_phone_fingerprint'), ['phone_fingerprint'], unique=False)
        batch_op.create_index(batch_op.f('ix_customers_plate_fingerprint'), ['plate_fingerprint'], unique=False)
        batch_op.create_index(batch_op.f('ix_customers_tail_fingerprint'), ['tail_fingerprint'], unique=False)

    op.create_table('feedback',
    sa.Column('visit_id', Words(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('wants_manager', sa.Boolean(), nullable=False),
    sa.Column('note', Words(), nullable=False),
    sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_feedback'))
    )
    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_at'), ['at'], unique=False)

    op.create_table('foot_traffic',
    sa.Column('hour', UtcTime(), nullable=False),
    sa.Column('camera', Words(), nullable=False),
    sa.Column('came_in', sa.Integer(), nullable=False),
    sa.Column('went_out', sa.Integer(), nullable=False),
    sa.Column('most_at_once', sa.Integer(), nullable=False),
    sa.Column('cells', Words(), nullable=False),
    sa.Column('zones', Words(), nullable=False),
    sa.PrimaryKeyConstraint('hour', 'camera', name=op.f('pk_foot_traffic'))
    )
    op.create_table('keys',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('car_id', Words(), nullable=False),
    sa.Column('label', Words(), nullable=False),
    sa.Column('place', Words(), nullable=False),
    sa.Column('holder_id', Words(), nullable=True),
    sa.Column('agreement_id', Words(), nullable=True),
    sa.Column('moved_at', UtcTime(), nullable=True),
    sa.Column('due_at', UtcTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_keys'))
    )
    with op.batch_alter_table('keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_keys_car_id'), ['car_id'], unique=False)

    op.create_table('leases',
    sa.Column('name', Words(), nullable=False),
    sa.Column('holder', Words(), nullable=False),
    sa.Column('ends_at', UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_leases'))
    )
    op.create_table('outbox',
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_id', Words(), nullable=False),
    sa.Column('aggregate', Words(), nullable=False),
    sa.Column('kind', Words(), nullable=False),
    sa.Column('content', Words(), nullable=False),
    sa.Column('created_at', UtcTime(), nullable=False),
    sa.Column('expires_at', UtcTime(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', UtcTime(), nullable=False),
    sa.Column('state', Words(), nullable=False),
    sa.Column('last_error', Words(), nullable=False),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_outbox')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_message_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_aggregate_state_sequence', ['aggregate', 'state', 'sequence'], unique=False)
        batch_op.create_index('ix_outbox_state_sequence', ['state', 'sequence'], unique=False)

    op.create_table('quotes',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', Words(), nullable=False),
    sa.Column('visit_id', Words(), nullable=True),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('consultant_id', Words(), nullable=False),
    sa.Column('content', Words(), nullable=False),
    sa.Column('total_fen', sa.BigInteger(), nullable=False),
    sa.Column('is_final', sa.Boolean(), nullable=False),
    sa.Column('issued_at', UtcTime(), nullable=False),
    sa.Column('valid_until', UtcTime(), nullable=False),
    sa.Column('link_token', Words(), nullable=False),
    sa.Column('pdf', Words(), nullable=True),
    sa.PrimaryKeyConstraint('id', 'version', name=op.f('pk_quotes'))
    )
    with op.batch_alter_table('quotes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotes_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotes_issued_at'), ['issued_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_quotes_visit_id'), ['visit_id'], unique=False)

    op.create_table('receipts',
    sa.Column('key', Words(), nullable=False),
    sa.Column('subject_id', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_receipts'))
    )
    op.create_table('seals',
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', Words(), nullable=False),
    sa.Column('subject_id', Words(), nullable=False),
    sa.Column('content_hash', Words(), nullable=False),
    sa.Column('previous_hash', Words(), nullable=False),
    sa.Column('sealed_at', UtcTime(), nullable=False),
    sa.Column('mileage_km', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_seals'))
    )
    op.create_table('staff',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', Words(), nullable=False),
    sa.Column('name', Words(), nullable=False),
    sa.Column('role', Words(), nullable=False),
    sa.Column('job_title', Words(), nullable=False),
    sa.Column('badge', Words(), nullable=False),
    sa.Column('wecom_userid', Words(), nullable=False),
    sa.Column('skills', Words(), nullable=False),
    sa.Column('languages', Words(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('photo', Words(), nullable=True),
    sa.Column('pin_hash', Words(), nullable=False),
    sa.Column('wrong_pins', sa.Integer(), nullable=False),
    sa.Column('locked_until', UtcTime(), nullable=True),
    sa.Column('duty', Words(), nullable=False),
    sa.Column('duty_since', UtcTime(), nullable=True),
    sa.Column('on_duty_seconds', sa.Integer(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff'))
    )
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.create_index('uq_staff_badge', ['badge'], unique=True, sqlite_where=sa.text("is_active AND badge <> ''"), postgresql_where=sa.text("is_active AND badge <> ''"))
        batch_op.create_index('uq_staff_wecom_userid', ['wecom_userid'], unique=True, sqlite_where=sa.text("is_active AND wecom_userid <> ''"), postgresql_where=sa.text("is_active AND wecom_userid <> ''"))

    op.create_table('vehicles',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('plate', Words(), nullable=False),
    sa.Column('model', Words(), nullable=False),
    sa.Column('gearbox', Words(), nullable=False),
    sa.Column('energy', Words(), nullable=False),
    sa.Column('licence_class', Words(), nullable=False),
    sa.Column('vin', Words(), nullable=False),
    sa.Column('mileage_km', sa.Integer(), nullable=False),
    sa.Column('insured_until', sa.Date(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vehicles'))
    )
    op.create_table('visits',
    sa.Column('id', Words(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', Words(), nullable=False),
    sa.Column('label', Words(), nullable=False),
    sa.Column('started_at', UtcTime(), nullable=False),
    sa.Column('changed_at', UtcTime(), nullable=False),
    sa.Column('terminal_id', Words(), nullable=False),
    sa.Column('place', Words(), nullable=False),
    sa.Column('identified_by', Words(), nullable=True),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('display_name', Words(), nullable=False),
    sa.Column('purpose', Words(), nullable=True),
    sa.Column('party_size', sa.Integer(), nullable=False),
    sa.Column('appointment_id', Words(), nullable=True),
    sa.Column('consultant_id', Words(), nullable=True),
    sa.Column('asked', Words(), nullable=False),
    sa.Column('is_queued', sa.Boolean(), nullable=False),
    sa.Column('waiting_since', UtcTime(), nullable=True),
    sa.Column('requested_at', UtcTime(), nullable=True),
    sa.Column('later_until', UtcTime(), nullable=True),
    sa.Column('passed_to', Words(), nullable=True),
    sa.Column('accepted_at', UtcTime(), nullable=True),
    sa.Column('serving_since', UtcTime(), nullable=True),
    sa.Column('ended_at', UtcTime(), nullable=True),
    sa.Column('outcome', Words(), nullable=True),
    sa.Column('alarm', Words(), nullable=False),
    sa.Column('merged_into', Words(), nullable=True),
    sa.Column('state_before_merge', Words(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits'))
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index('ix_visits_consultant_id_started_at', ['consultant_id', 'started_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_customer_id'), ['customer_id'], unique=False)
        batch_op.create_index('ix_visits_log', ['started_at', 'id', 'display_name', 'label'], unique=False)
        batch_op.create_index('ix_visits_state', ['state'], unique=False)

    op.create_table('visit_steps',
    sa.Column('visit_id', Words(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('act', Words(), nullable=False),
    sa.Column('at', UtcTime(), nullable=False),
    sa.Column('by', Words(), nullable=True),
    sa.Column('to', Words(), nullable=True),
    sa.Column('until', UtcTime(), nullable=True),
    sa.Column('identified_by', Words(), nullable=True),
    sa.Column('customer_id', Words(), nullable=True),
    sa.Column('display_name', Words(), nullable=False),
    sa.Column('purpose', Words(), nullable=True),
    sa.Column('party_size', sa.Integer(), nullable=False),
    sa.Column('appointment_id', Words(), nullable=True),
    sa.Column('alarm', Words(), nullable=False),
    sa.Column('outcome', Words(), nullable=True),
    sa.Column('merged_into', Words(), nullable=True),
    sa.Column('label', Words(), nullable=False),
    sa.Column('place', Words(), nullable=False),
    sa.Column('terminal_id', Words(), nullable=True),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_visit_steps_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', 'number', name=op.f('pk_visit_steps'))
    )


def downgrade() -> None:
    raise NotImplementedError("going back means restoring the backup made before this migration")
