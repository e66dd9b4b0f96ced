"""The first shape."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('aggregates',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('aggregate', sa.String(length=120), nullable=False),
    sa.Column('last_seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'aggregate', name=op.f('pk_aggregates')),
    comment='The newest fact of each aggregate'
    )
    with op.batch_alter_table('aggregates') as batch_op:
        batch_op.create_index(batch_op.f('ix_aggregates_updated_at'), ['updated_at'], unique=False)

    op.create_table('budgets',
    sa.Column('agent_id', sa.String(length=64), nullable=False),
    sa.Column('userid', sa.String(length=64), nullable=False),
    sa.Column('level', sa.Float(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hour', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_in_hour', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('agent_id', 'userid', name=op.f('pk_budgets')),
    comment='How much a member may still receive'
    )
    op.create_table('callbacks',
    sa.Column('dedupe_key', sa.String(length=64), nullable=False),
    sa.Column('corp_id', sa.String(length=64), nullable=False),
    sa.Column('agent_id', sa.String(length=64), nullable=False),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('change_type', sa.String(length=60), nullable=False),
    sa.Column('answer', sa.String(length=60), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('dedupe_key', name=op.f('pk_callbacks')),
    comment='Callbacks seen, without their content; a repeat gets the same answer'
    )
    with op.batch_alter_table('callbacks') as batch_op:
        batch_op.create_index(batch_op.f('ix_callbacks_received_at'), ['received_at'], unique=False)

    op.create_table('cards',
    sa.Column('task_id', sa.String(length=128), nullable=False),
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('visit', sa.String(length=64), nullable=False),
    sa.Column('recipient', sa.String(length=64), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('response_code', sa.Text(), nullable=False),
    sa.Column('coded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('said', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('task_id', name=op.f('pk_cards')),
    comment='Cards with buttons that are out there; a response code works once, for 72 h'
    )
    with op.batch_alter_table('cards') as batch_op:
        batch_op.create_index(batch_op.f('ix_cards_created_at'), ['created_at'], unique=False)
        batch_op.create_index('ix_cards_visit', ['store_id', 'visit'], unique=False)

    op.create_table('commands',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('cursor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('visit', sa.String(length=64), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('store_id', 'cursor', name=op.f('pk_commands')),
    sa.UniqueConstraint('store_id', 'id', name=op.f('uq_commands_store_id')),
    comment='What showrooms are asked to do, by store cursor'
    )
    with op.batch_alter_table('commands') as batch_op:
        batch_op.create_index(batch_op.f('ix_commands_created_at'), ['created_at'], unique=False)

    op.create_table('deliveries',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('event_id', sa.String(length=64), nullable=False),
    sa.Column('visit', sa.String(length=64), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('recipient', sa.String(length=64), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('lock_key', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease_owner', sa.String(length=64), nullable=True),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('id', name=op.f('uq_deliveries_id')),
    comment='Messages to members: a queue with leases, in order per recipient and visit'
    )
    with op.batch_alter_table('deliveries') as batch_op:
        batch_op.create_index('ix_deliveries_due', ['state', 'run_at'], unique=False)
        batch_op.create_index('ix_deliveries_lock', ['lock_key', 'state', 'number'], unique=False)

    op.create_table('events',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('device_id', sa.String(length=64), nullable=False),
    sa.Column('aggregate', sa.String(length=120), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'id', name=op.f('pk_events')),
    comment='What showrooms told us, each once'
    )
    with op.batch_alter_table('events') as batch_op:
        batch_op.create_index(batch_op.f('ix_events_received_at'), ['received_at'], unique=False)

    op.create_table('members',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('userid', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'userid', name=op.f('pk_members')),
    comment='What members are called, learnt from the showroom'
    )
    op.create_table('nonces',
    sa.Column('device_id', sa.String(length=64), nullable=False),
    sa.Column('nonce', sa.String(length=64), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('device_id', 'nonce', name=op.f('pk_nonces')),
    comment='Requests seen in the last minutes, against replay'
    )
    with op.batch_alter_table('nonces') as batch_op:
        batch_op.create_index(batch_op.f('ix_nonces_seen_at'), ['seen_at'], unique=False)

    op.create_table('pauses',
    sa.Column('api', sa.String(length=80), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('api', name=op.f('pk_pauses')),
    comment='APIs that WeCom asked us to leave alone'
    )
    op.create_table('quotes',
    sa.Column('link', sa.String(length=64), nullable=False),
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('quote', sa.String(length=64), nullable=False),
    sa.Column('ciphertext', sa.Text(), nullable=True),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('link', name=op.f('pk_quotes')),
    comment='Published quotes: ciphertext only, gone after their validity'
    )
    with op.batch_alter_table('quotes') as batch_op:
        batch_op.create_index(batch_op.f('ix_quotes_valid_until'), ['valid_until'], unique=False)

    op.create_table('stores',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stores')),
    comment='Showrooms'
    )
    op.create_table('tokens',
    sa.Column('corp_id', sa.String(length=64), nullable=False),
    sa.Column('agent_id', sa.String(length=64), nullable=False),
    sa.Column('secret_print', sa.String(length=64), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('corp_id', 'agent_id', name=op.f('pk_tokens')),
    comment='Access tokens, one per app, shared by all processes'
    )
    op.create_table('visits',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('visit', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('by_user', sa.String(length=64), nullable=True),
    sa.Column('by_name', sa.String(length=60), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('store_id', 'visit', name=op.f('pk_visits')),
    comment='Where a visit stands, as far as cards must know'
    )
    with op.batch_alter_table('visits') as batch_op:
        batch_op.create_index(batch_op.f('ix_visits_updated_at'), ['updated_at'], unique=False)

    op.create_table('devices',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('public_key', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['store_id'], ['stores.id'], name=op.f('fk_devices_store_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices')),
    comment='Terminals and their Ed25519 keys; revoking is one row'
    )
    with op.batch_alter_table('devices') as batch_op:
        batch_op.create_index(batch_op.f('ix_devices_store_id'), ['store_id'], unique=False)

    op.create_table('enrolment_codes',
    sa.Column('selector', sa.String(length=8), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('device_name', sa.String(length=120), nullable=False),
    sa.Column('tries_left', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['store_id'], ['stores.id'], name=op.f('fk_enrolment_codes_store_id')),
    sa.PrimaryKeyConstraint('selector', name=op.f('pk_enrolment_codes')),
    comment='One-time codes, hashed; the first letters find the row so that wrong tries can be counted'
    )
    op.create_table('store_cursors',
    sa.Column('store_id', sa.String(length=64), nullable=False),
    sa.Column('last', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('acked', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dropped', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['store_id'], ['stores.id'], name=op.f('fk_store_cursors_store_id')),
    sa.PrimaryKeyConstraint('store_id', name=op.f('pk_store_cursors')),
    comment="Numbers of commands: given out under this row's lock, so no reader steps over one that commits late"
    )
