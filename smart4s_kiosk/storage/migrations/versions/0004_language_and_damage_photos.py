"""An agreement knows the customer's language; a car that comes back damaged is photographed.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op
from smart4s_kiosk.storage.columns import WordList
from smart4s_kiosk.storage.columns import Words

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agreements', sa.Column('language', Words(), server_default='zh_CN', nullable=False))
    op.add_column('agreements', sa.Column('damage_photos', WordList(), server_default='[]', nullable=False))


def downgrade() -> None:
    raise NotImplementedError("going back means restoring the backup made before this migration")
