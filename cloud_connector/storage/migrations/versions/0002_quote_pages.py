"""Quotes know who signed them and when they were opened; their sealed content never came here and leaves the table."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    with op.batch_alter_table('quotes') as batch_op:
        batch_op.add_column(sa.Column('signer', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_column('ciphertext')
    if op.get_context().dialect.name == 'postgresql':
        op.create_table_comment(
            'quotes',
            'Links of published quotes: whose they are and which key signed them, never what is in them',
            existing_comment='Published quotes: ciphertext only, gone after their validity',
        )
