"""Seeds the database of tryton.sh: a company in PLN with a chart of accounts, Polish VAT rates, suppliers, two fiscal
years of which the first is closed, and a user for the bot."""
import datetime as dt
import sys
from decimal import Decimal

from proteus import Model, config
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, create_tax
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company
from trytond.modules.currency.tests.tools import get_currency

CLOSED_YEAR, OPEN_YEAR = 2025, 2026
SUPPLIERS = [
    ("Papiernia Północ Sp. z o.o.", "PL5260250274"),
    ("Hurtownia Biurowa Żuraw S.A.", "PL7740001454"),
    ("Hurtownia Papiernicza Arkusz Sp. z o.o.", "PL7791048336"),
    ("Zakład Remontowo-Budowlany Murarek s.c.", "PL7823041166"),
]

database, config_file = sys.argv[1:]
config.set_trytond(database, config_file=config_file)

create_company(currency=get_currency("PLN"))
company, = Model.get("company.company").find()
company.party.name = "Demo Sp. z o.o."
company.party.save()
create_chart()

for year in (CLOSED_YEAR, OPEN_YEAR):
    fiscalyear = create_fiscalyear(today=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    fiscalyear.start_date, fiscalyear.end_date = dt.date(year, 1, 1), dt.date(year, 12, 31)
    fiscalyear.name = str(year)
    set_fiscalyear_invoice_sequences(fiscalyear)
    fiscalyear.save()
    fiscalyear.click("create_period")
    if year == CLOSED_YEAR:
        for period in Model.get("account.period").find([("fiscalyear", "=", fiscalyear.id)]):
            period.click("close")

for rate in ("23", "8", "5", "0"):
    tax = create_tax(Decimal(rate) / 100)
    tax.name = tax.description = f"VAT {rate}%"
    tax.save()

Party = Model.get("party.party")
for name, vat_id in SUPPLIERS:
    party = Party(name=name)
    party.identifiers.new(type="pl_vat", code=vat_id)
    address = party.addresses[0] if party.addresses else party.addresses.new()
    address.city = "Warszawa"
    party.save()
