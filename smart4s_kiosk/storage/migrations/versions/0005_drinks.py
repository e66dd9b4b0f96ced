"""What a guest asked to drink is kept on the visit.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op
from smart4s_kiosk.storage.columns import UtcTime
from smart4s_kiosk.storage.columns import Words

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'drinks',
        sa.Column('visit_id', Words(), nullable=False),
        sa.Column('drink', Words(), nullable=False),
        sa.Column('asked_at', UtcTime(), nullable=False),
        sa.Column('ended_at', UtcTime(), nullable=True),
        sa.Column('brought_by', Words(), nullable=True),
        sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_drinks_visit_id_visits'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_drinks')),
    )
    op.create_index(op.f('ix_drinks_ended_at'), 'drinks', ['ended_at'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("going back means restoring the backup made before this migration")
