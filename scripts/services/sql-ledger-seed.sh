#!/usr/bin/env bash
# Seeds the SQL-Ledger that sql-ledger.sh runs: a company with Polish VAT rates, the user bot@demo and suppliers.
# Each part is skipped when it is there. $1: the application's file of users.
set -euo pipefail

members=$1
base=http://127.0.0.1:$SQL_LEDGER_PORT/sql-ledger
root_password=${SQL_LEDGER_ROOT_PASSWORD:-root-pw}
admin_password=${SQL_LEDGER_ADMIN_PASSWORD:-admin-pw}
bot_password=${SQL_LEDGER_BOT_PASSWORD:-bot-pw}

sql() {
  PGPASSWORD=$SQL_LEDGER_DB_PASSWORD psql -qtAX -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$SQL_LEDGER_PG_PORT" -U sql-ledger -d demo "$@"
}

# submit SCRIPT EXPECTED NAME=VALUE...: sends one form as a browser would; an answer without EXPECTED is a failure
submit() {
  local url=$base/$1 expected=$2 answer
  shift 2
  answer=$(printf '%s\n' "$@" | sed "s/.*/data-urlencode = \"&\"/" |
    curl -sS --fail --user-agent Mozilla/5.0 --data path=bin/mozilla --config - "$url")
  [[ $answer == *"$expected"* ]] || { echo "$url did not answer \"$expected\": $answer" >&2; exit 1; }
}
as_admin() { submit "$1" "$2" login=admin@demo "password=$admin_password" "${@:3}"; }

create_company() {
  [ -e "$members" ] || submit admin.pl Administration action=do_change_password \
    "new_password=$root_password" "confirm_password=$root_password"
  grep -qF '[admin@demo]' "$members" && return
  submit admin.pl demo action=dbcreate "password=$root_password" db=demo 'company=Demo Sp. z o.o.' \
    dbdriver=Pg dbdefault=template1 dbhost=127.0.0.1 "dbport=$SQL_LEDGER_PG_PORT" dbuser=sql-ledger \
    "dbpasswd=$SQL_LEDGER_DB_PASSWORD" name=Administrator email=admin@example.com \
    "adminpassword=$admin_password" mastertemplates=Default encoding=UTF8 chart=Default
  as_admin login.pl menu.pl action=login # the first login upgrades the new company's tables
}

seed_taxes() {
  sql <<'SQL'
INSERT INTO curr (rn, curr, prec) VALUES (0, 'PLN', 2) ON CONFLICT (curr) DO UPDATE SET rn = 0;
INSERT INTO chart (accno, description, charttype, category, link)
SELECT accno, description, 'A', 'L', 'AP_tax:IC_taxpart:IC_taxservice'
FROM (VALUES ('2205', 'VAT 5%'), ('2208', 'VAT 8%'), ('2223', 'VAT 23%')) AS wanted (accno, description)
WHERE accno NOT IN (SELECT accno FROM chart);
INSERT INTO tax (chart_id, rate)
SELECT id, substr(accno, 3)::float / 100 FROM chart
WHERE accno IN ('2205', '2208', '2223') AND id NOT IN (SELECT chart_id FROM tax);
SQL
}

# Everything up to the end of 2025 is closed (System > Audit Control).
close_books() {
  [ -n "$(sql -c "SELECT fldvalue FROM defaults WHERE fldname = 'closedto'")" ] && return
  sql -c "INSERT INTO defaults (fldname, fldvalue) VALUES ('closedto', '20251231')"
}

seed_bot() {
  [ -n "$(sql -c "SELECT id FROM employee WHERE login = 'bot'")" ] && return
  as_admin hr.pl 'Employee saved' action=save db=employee 'name=Posting Bot' \
    employeelogin=bot "employeepassword=$bot_password"
  # A user made on this page gets no encoding, and browsers then guess one.
  sed -i '/^\[bot@demo\]$/a charset=UTF8' "$members"
}

# seed_supplier NUMBER VAT-ID NAME
seed_supplier() {
  [ -n "$(sql -c "SELECT id FROM vendor WHERE vendornumber = '$1'")" ] && return
  as_admin ct.pl 'Vendor saved' action=save db=vendor "vendornumber=$1" "taxnumber=$2" "name=$3" \
    curr=PLN terms=14 'taxaccounts=2205 2208 2223' tax_2205=1 tax_2208=1 tax_2223=1
}

create_company
seed_taxes
close_books
seed_bot
seed_supplier V-1 5260250274 'Papiernia Północ Sp. z o.o.'
seed_supplier V-2 7740001454 'Hurtownia Biurowa Żuraw S.A.'
seed_supplier V-3 7791048336 'Hurtownia Papiernicza Arkusz Sp. z o.o.'
seed_supplier V-4 7823041166 'Zakład Remontowo-Budowlany Murarek s.c.'
