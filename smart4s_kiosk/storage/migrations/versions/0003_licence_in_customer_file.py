"""A confirmed licence fills sex and first issue of the customer's file too.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from smart4s_kiosk.storage.columns import Words

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('customers', sa.Column('sex', Words(), nullable=True))
    op.add_column('customers', sa.Column('licence_first_issue', sa.Date(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("going back means restoring the backup made before this migration")
