"""One run of equal shares: buying what is cheapest for its supporters, and completing the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from app.methods.committees import Bloc, Committee
from app.methods.loads import Loads
from app.methods.seq_phragmen import add_next
from app.methods.ways import Pick

MOST_RAISES = 1000


@dataclass
class Purse:
    """What one run starts from: voters, their number, the budget, costs and kind of utility."""

    voters: list[Bloc]
    number: Fraction
    budget: Fraction
    costs: dict[str, Fraction]
    utility: str

    def worth(self, option: str) -> Fraction:
        return self.costs[option] if self.utility == "cost" else Fraction(1)

    def spent(self, committee: Committee) -> Fraction:
        return sum((self.costs[option] for option in committee.members), start=Fraction(0))

    def supported(self, option: str) -> bool:
        return any(option in bloc.approved for bloc in self.voters)

    def affordable(self, committee: Committee) -> list[str]:
        """What the budget that is left could still pay, by id."""
        left = self.budget - self.spent(committee)
        return sorted(o for o in self.costs if o not in committee.members and self.costs[o] <= left)


def buy(purse: Purse, total: Fraction, pick: Pick) -> tuple[Committee, Loads]:
    """Choose the option with the least rho until none is left; also what each voter still has."""
    share = total / purse.number if purse.number else Fraction(0)
    balances = Loads(purse.voters, share)
    committee = Committee()
    while prices := rhos(purse, balances, committee):
        least = min(prices.values())
        best = sorted(option for option in prices if prices[option] == least)
        chosen = pick(best)
        payment = least * purse.worth(chosen)
        balances.change(chosen, after(payment))
        committee.take(chosen, best, rho=least, payment=payment)
        committee.scores[chosen] = least
    return committee, balances


def after(payment: Fraction) -> Callable[[Fraction], Fraction]:
    """What is left of a balance: nothing, if it is smaller than the payment."""
    return lambda balance: max(balance - payment, Fraction(0))


def rhos(purse: Purse, balances: Loads, committee: Committee) -> dict[str, Fraction]:
    """For each option that can be paid: the least rho with Σ min(balance, rho·worth) = cost."""
    found: dict[str, Fraction] = {}
    for option, cost in purse.costs.items():
        if option in committee.members:
            continue
        payers = sorted(balances.supporters(option))
        if sum(balance * power for balance, power in payers) < cost:
            continue
        left, heads = cost, sum((Fraction(power) for _, power in payers), start=Fraction(0))
        for balance, power in payers:
            if balance * heads < left:  # gives all it has; the richer share the rest evenly
                left, heads = left - balance * power, heads - power
        found[option] = left / heads / purse.worth(option)
    return found


def complete(purse: Purse, completion: str, pick: Pick) -> Committee:
    """The purchases of equal shares, and the money left used as named."""
    if completion == "add1":
        return raised(purse, pick)
    committee, balances = buy(purse, purse.budget, pick)
    if completion == "utilitarian":
        fill(purse, committee, pick)
    if completion == "phragmen":
        loads = balances.turned_round()
        while options := purse.affordable(committee):
            allowed = {*options, *committee.members}
            if not add_next(committee, loads, allowed, pick, purse.costs):
                break
    return committee


def fill(purse: Purse, committee: Committee, pick: Pick) -> None:
    """What can still be paid, in the order of approvals."""
    while options := purse.affordable(committee):
        votes = {o: sum(b.power for b in purse.voters if o in b.approved) for o in options}
        best = [option for option in options if votes[option] == max(votes.values())]
        chosen = pick(best)
        committee.take(chosen, best, approvals=votes[chosen])
        committee.scores[chosen] = Fraction(votes[chosen])


def raised(purse: Purse, pick: Pick) -> Committee:
    """Everyone's share raised by one unit of money (among seats: by one seat for all together; of a
    large budget: by more) until the real budget is used up or would be overspent.
    """
    step = Fraction(1) if set(purse.costs.values()) == {Fraction(1)} else purse.number
    step *= max(1, purse.budget // (step * MOST_RAISES)) if step else 1
    total = purse.budget
    best, _ = buy(purse, total, pick)
    while any(purse.supported(option) for option in purse.affordable(best)):
        total += step
        more, _ = buy(purse, total, pick)
        if purse.spent(more) > purse.budget:
            break
        best = more
    return best
