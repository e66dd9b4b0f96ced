"""Terminals tell how they are; staff have a work number.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from smart4s_kiosk.storage.columns import UtcTime
from smart4s_kiosk.storage.columns import Words

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('terminals',
    sa.Column('id', Words(), nullable=False),
    sa.Column('place', Words(), nullable=False),
    sa.Column('surfaces', Words(), nullable=False),
    sa.Column('devices', Words(), nullable=False),
    sa.Column('lost', Words(), nullable=False),
    sa.Column('seen_at', UtcTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terminals'))
    )
    op.add_column('staff', sa.Column('phone', Words(), server_default='', nullable=False))


def downgrade() -> None:
    raise NotImplementedError("going back means restoring the backup made before this migration")
