/// Expressions that the database and the evaluator must agree on, for every record of the fixture.
enum ExpressionTable {
    static let comparisons = [
        "area = 9", "area <> 9", "area < 9", "area <= 9.00", "area > 9", "area >= 200.01", "9 < area", "9 >= area",
        "area = 9.001", "area <> 9.001", "area < 9.001", "area <= 9.005", "area > 9.001", "area >= -12.345",
        "area > -12.355", "area < -0.011", "area = -0.01", "visits = 7", "visits > 6.5", "visits < -0.5",
        "visits = 7.0", "visits <> 7.5", "visits >= 999999999999999999", "area < 99999999999999999",
        "area > 999999999999999999", "area <> -999999999999999999", "area = 999999999999999999", "visits = visits",
        "area = credit", "area > credit", "area < score", "score >= visits", "rate = area", "rate <> visits",
        "credit > area and credit > score", "active", "not active", "active = true", "active <> false",
        "active = '是'", "active = (area > 0)", "(area > 0) = (credit > 0)", "(area > 0) < (credit > 0)", "true",
        "false or active", "null", "area = null", "null = null", "not (area = null)", "grade = 'A'", "级别 = '重要'",
        "grade <> 'B'", "grade > 'A'", "grade = ‘普通’", "状态 = '成交'", "status in ('open', '成交')",
        "district = '朝阳'", "district <> '朝阳'", "district in ('海淀', '朝阳')", "district not in ('朝阳')",
        "name = 'Acme'", "name <> 'acme'", "name < 'B'", "name >= '华'", "name > note", "name = note", "name = ''",
        "name = 'O''Neil'", "note = 'a\\b'", "name = 'caf\u{E9}'", "name = 'cafe\u{301}'", "名称 = “展”",
        "公司名称 = '展'", "born = '2026-11-21'", "born = date '2026/11/21'", "born < '2026年11月21日'",
        "born <= today()", "born > today()", "born between '2026-11-20' and '2026-11-22'",
        "born not between today() - 1 and today() + 1", "'2024-02-29' = born", "born <> date '9999-12-31'",
        "visited = '2026-11-21'", "visited <> '2026-11-21'", "visited < '2026-11-21'", "visited <= '2026-11-21'",
        "visited > '2026-11-20'", "visited >= today()", "visited > today()", "today() > visited", "today() = visited",
        "visited = now()", "visited < now()", "visited <= now()", "visited > now()", "visited >= now()",
        "visited <> now()", "now() > visited", "visited = '2026-11-21 16:30:05'",
        "visited > '2026-11-21T08:30:05Z'", "visited < '2026-11-21 16:30:05'", "visited = updated_at",
        "visited < updated_at", "born = visited", "born < visited", "visited >= born", "visited = date '9999-12-31'",
        "updated_at > created_at", "owner = me()", "created_by <> me()", "parent = 3", "parent = 'customer/3'",
    ]

    static let lists = [
        "visits in (1, 7, 12)", "visits not in (1, 7)", "visits in (1, null)", "visits not in (1, null)",
        "visits in (7.5)", "visits not in (7.5)", "visits in (7.5, null)", "area in (9, 0.01, 36.00, 12.505)",
        "area not in (9, -0.01)", "area in (credit, 9)", "visits in (owner, 1, null)", "name in ('展', 'Acme', 'x')",
        "name not in ('展', 'Acme')", "name in ('展', null)", "name not in ('展', null)", "name in (note, '展')",
        "born in ('2026-11-21', '2024-02-29')", "born in (today(), today() + 1, null)",
        "visited in ('2026-11-21', '2026-12-31')", "active in (true)", "active not in (true, null)",
        "'A' in (grade, name)", "7 in (visits, owner)", "area between 0 and 36", "area not between 0 and 36",
        "area between credit and score", "name between 'A' and 'a'", "visits between null and 7",
        "parent in (1, 2, 'customer/3', 999)",
    ]

    /// Texts in other ways of writing than the fixture has them.
    static let forms = [
        "name = 'acme'", "name <> 'ACME'", "name = 'ａｃｍｅ'", "name = ' Acme '", "name = '華東展覽'", "name <> '華東展覽'",
        "name = 'ABC'", "note = 'ＣＡＦÉ'", "name in ('ACME', '華北醫藥')", "name not in ('acme', 'x')",
        "name in ('acme', null)", "'ACME' = name", "'ACME' in (name, note)", "name = '😀会展'",
        "name = '展' or name = 'ZEBRA'",
        "not (name = 'acme')", "name = 'acme' and area > 0", "coalesce(name, note) = 'acme'", "lower(name) = 'acme'",
        "parent.name = '華東展覽'", "parent.parent.name in ('華東展覽', 'acme')", "parent = '華東展覽'", "parent <> '華東展覽'",
        "parent = '华东（展览）' or parent = 'acme'", "region = '華東'", "region.title = '華北'", "name contains '東展'",
        "name contains '華東（展）'", "name contains 'ＣＭ'", "name not contains '東'", "name contains 'cafe'",
        "note contains 'CAFE'", "note contains '華 東'", "name starts with '華東'", "name starts with '华'",
        "name starts with 'ＡＣ'", "name ends with '覽'", "name like '華%'", "name like '%東%'", "name like '%東%覽'",
        "note like '%東%覽'", "note like '華_展%'", "name like '華北 %'", "parent.name contains '東'",
        "parent.name starts with '華'", "coalesce(name, note) contains '東'", "name contains '()'", "name contains '😀会'",
    ]

    static let patterns = [
        "name like '华%'", "name not like '华%'", "name like '%展%'", "name like 'acme'", "name like 'ACME%'",
        "name like '_cme'", "name like '__'", "name like '%'", "name like ''", "name like '100\\%'",
        "name like '100%'", "name like 'a\\_b'", "name like 'a_b'", "name like 'a\\\\b'", "name like '%\\'",
        "name like 'a\\'", "name like '😀%'", "name like '_ 会%'", "name like '%e%e%'", "name like '%\u{E9}'",
        "name like '\u{10FFFF}%'", "name like '\u{D7FF}%'", "grade like 'a'", "note like '%''%'",
        "name contains '展'", "name contains '%'", "name contains '_'", "name contains '\\'", "name not contains '华'",
        "name starts with '华'", "name starts with 'A'", "name not starts with '%'", "name ends with '览'",
        "name ends with 'ME'", "lower(name) like '%zeb%'", "name contains null",
    ]

    static let emptiness = [
        "name is empty", "name is not empty", "note is null", "area is empty", "area is not empty", "born is empty",
        "visited is not empty", "active is empty", "grade is empty", "parent is empty", "parent.name is empty",
        "parent.id is empty", "(area > 0) is empty", "null is empty", "coalesce(name, note) is empty",
        "area / 0 is empty", "lower(name) is not empty", "region.title is empty", "'x' is not empty",
    ]

    static let arithmetic = [
        "area + credit", "area - credit", "area * 2", "area * credit", "area * score", "score * score",
        "score * score * score", "area / 3", "area / credit", "area / score", "credit / visits", "visits / 3",
        "visits / visits", "score / rate", "area / 0", "7 / area", "1 / 3 + area", "-area", "-(-visits)", "abs(area)",
        "abs(visits)", "abs(area - credit)", "round(area)", "round(area, 1)", "round(score, 3)", "round(-score, 2)",
        "round(area / 3, 2)", "round(visits, 2)", "area + 0.005", "area * 1.06 - credit * 0.5", "visits + 1",
        "visits - 1", "visits * 1000000", "area + visits > credit", "area * visits < credit", "area / visits >= 1.5",
        "area * 0.3 = credit * 0.3", "visits * visits > 100", "(area + credit) / 2 > score",
        "area + credit * 2 - score",
        "rate * area / 100", "coalesce(area, credit, 0)", "coalesce(area, 1.2345)", "coalesce(visits, area)",
        "coalesce(null, visits)", "coalesce(area, 0) + coalesce(credit, 0)", "area / rate / score",
        "area * 12 / 7 * 3 / 11", "visits + null", "length(name)", "length(note) * 2 + visits",
        "9223372036854775807 + visits", "-9223372036854775807 - visits",
    ]

    static let days = [
        "today() + 2913000", "today() + 2914000", "today() - 740000", "born + 2914000",
        "year(today()) + 2914000 + born",
        "born + 1", "born - 1", "1 + born", "born + visits", "born - visits", "born - today()", "today() - born",
        "born - '2026-01-01'", "'2026-01-01' - born", "visited - born", "visited + 7", "born + 30 > today()",
        "today() + 7", "born + 1 - 1 = born", "year(born)", "quarter(born)", "month(born)", "day(born)",
        "year(visited)", "month(visited)", "day(visited)", "quarter(visited)", "year_month(born)",
        "year_month(visited)", "year_quarter(born)", "year_quarter(visited)", "date(visited)", "date(born)",
        "year(today()) - year(born)", "month(born) = month(today()) and day(born) >= 21", "coalesce(born, today())",
        "coalesce(visited, now())", "coalesce(born, '2026-05-01')", "day(born + 40)", "year(null)",
        "length(year_quarter(born + length(name)))",
    ]

    static let texts = [
        "lower(name)", "upper(name)", "upper(note) = 'ACME'", "lower(grade)", "length(name) > 3",
        "coalesce(name, note, '?')", "coalesce(grade, 'C')", "coalesce(grade, '一般') = 'C'", "length('展会')",
        "upper(lower(name)) < name", "coalesce(active, false)", "not coalesce(active, area > 0)", "'文字'",
        "coalesce(name, lower(note)) like '华%'",
    ]

    static let references = [
        "parent.name", "parent.name like '华%'", "parent.parent.name", "parent.parent.parent.name = '华东展览'",
        "parent.parent.parent.area > 0", "parent.area + area", "parent.area > area", "region.title = '华东'",
        "地区.名称 = '华北'", "region.level >= 1 and parent.region.level < 3", "parent.region.title",
        "parent.region.budget * 2", "parent.grade = '重要'", "parent.active", "not parent.active",
        "parent.born + 1", "parent.visited >= today()", "region.title is empty and region is not empty",
        "parent.name = name", "parent.id = parent", "coalesce(parent.name, region.title, name)",
        "parent.grade in ('A', 'B') or region.title in ('North')", "parent = 999 and parent.name is empty",
    ]

    static let logic = [
        "area > 0 and credit > 0", "area > 0 or credit > 0", "not (area > 0 and credit > 0)",
        "not (area > 0 or credit > 0)", "not not active", "active and null", "active or null", "not null",
        "active and area > 0 or grade = 'A' and not (credit < 0)",
        "(active or area > 0) and (grade = 'A' or credit < 0)",
        "grade in ('A','B') and owner = me() and born <= today() + 7 and region.title like '华%'",
        "级别 in （'A'，'普通'） and 面积 ＞＝ ９ and 名称 ＜＞ ’x’", "(area is empty) = (credit is empty)",
        "(null) is empty and active",
    ]

    static var all: [String] {
        comparisons + lists + forms + patterns + emptiness + arithmetic + days + texts + references + logic
    }
}
