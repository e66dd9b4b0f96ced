"""What the steps of the first start work with: the machine and its makers, the same when a step is done again."""

from dataclasses import dataclass

from smart4s_kiosk.domain.ids import TerminalId
from smart4s_kiosk.ports.clock import Clock, Ids
from smart4s_kiosk.ports.documents import Previews, Slips
from smart4s_kiosk.ports.machine import Machine
from smart4s_kiosk.ports.tables import Tables


@dataclass(frozen=True, slots=True)
class StepTools:
    """Made by the machine that the steps are for."""

    machine: Machine
    clock: Clock
    ids: Ids
    terminal_id: TerminalId
    slips: Slips
    previews: Previews
    tables: Tables
