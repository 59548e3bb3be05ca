/// Examples at the end of the help of commands, each a line that works on a file made by the first of them.
enum HelpExamples {
    static let root = "$ crm-shell new demo.crm --with sales --demo\n$ crm-shell demo.crm"
    static let new = "$ crm-shell new demo.crm --with sales --demo\n$ crm-shell new empty.crm"
    static let find = """
        $ crm-shell find demo.crm customer "grade = 'A' and name like '华%'"
        $ crm-shell find demo.crm customer "province = '浙江' and credit_limit > 50000" --sort "name desc" --limit 20
        $ crm-shell find demo.crm sales_order "customer.grade = 'A'" --fields code,customer,status --block
        """
    static let count = "$ crm-shell count demo.crm customer \"grade in ('A', 'B')\""
    static let show = "$ crm-shell show demo.crm customer/1\n$ crm-shell show demo.crm customer/C2026-000001 --json"
    static let create = """
        $ crm-shell create demo.crm customer "name=杭州华医科技有限公司" grade=A
        $ crm-shell create demo.crm customer "name=Acme Ltd" --explain
        """
    static let update = """
        $ crm-shell update demo.crm customer/1 grade=B
        $ crm-shell update demo.crm customer/C2026-000001 "grade=A" --explain
        """
    static let delete = "$ crm-shell delete demo.crm lead/1 --dry-run\n$ crm-shell delete demo.crm lead/1"
    static let history = "$ crm-shell history demo.crm customer/1"
    static let search = "$ crm-shell search demo.crm 有限公司\n$ crm-shell search demo.crm hz --object customer --limit 5"
    static let export = """
        $ crm-shell export demo.crm customer "grade = 'A'" -o customers.csv
        $ crm-shell export demo.crm product --format json
        """
    static let importing = """
        $ crm-shell export demo.crm product -o products.csv
        $ crm-shell import demo.crm product products.csv --dry-run
        """
    static let report = """
        $ crm-shell report demo.crm
        $ crm-shell report demo.crm customers_by_class grade
        $ crm-shell report demo.crm customers_by_class by=grade -o classes.csv
        """
    static let print = """
        $ crm-shell print demo.crm
        $ crm-shell print demo.crm quote quote/1 -o quote.html
        """
    static let backup =
        "$ crm-shell backup demo.crm -o copy.crm\n$ crm-shell backup demo.crm -o copy.crm --force --json"
    static let command = "$ crm-shell command demo.crm"
    static let check =
        "$ crm-shell check demo.crm\n$ crm-shell check demo.crm --json\n$ crm-shell check demo.crm --accept-loss"
    static let objects = "$ crm-shell objects demo.crm"
    static let uninstall = "$ crm-shell plugin uninstall demo.crm sales --dry-run"
    static let disable = "$ crm-shell plugin disable demo.crm sales"
    static let enable = "$ crm-shell plugin enable demo.crm sales"
    static let codeList = "$ crm-shell code list demo.crm\n$ crm-shell code list demo.crm sales_order --json"
    static let codeNext = "$ crm-shell code next demo.crm customer.code"
    static let codeSet = "$ crm-shell code set demo.crm sales_order.code 500 --period 2099-01"
    static let settings = """
        $ crm-shell settings demo.crm
        $ crm-shell settings demo.crm name=Acme time_zone=Asia/Taipei fiscal_year_start=4
        $ crm-shell settings demo.crm --history
        """
    static let jobs = """
        $ crm-shell jobs demo.crm
        $ crm-shell jobs demo.crm run
        $ crm-shell jobs demo.crm purge --days 30 --dry-run
        """
    static let log = "$ crm-shell log demo.crm --level warn -n 20\n$ crm-shell log demo.crm --plugin sales --json"
    static let describe = "$ crm-shell describe demo.crm customer\n$ crm-shell describe demo.crm customer --json"
    static let install = "$ crm-shell plugin install demo.crm sales --dry-run"
    static let open = "$ crm-shell demo.crm -e \".count customer\" -e \"crm.count('product')\""
}
