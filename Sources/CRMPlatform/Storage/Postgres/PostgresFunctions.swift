/// The functions that a database of PostgreSQL must have, as statements that make them.
///
/// They give what the evaluator gives. All but the division are put into the statement by the planner. The comparable forms
/// (`crm_form_…`) are not among them: how texts are compared is known to the program alone.
package enum PostgresFunctions {
    /// The statements in order.
    package static let statements = [
        number(
            "crm_add(a bigint, b bigint)",
            """
            CASE WHEN b > 0 AND a > \(most) - b THEN \(most) WHEN b < 0 AND a < \(least) - b THEN \(least) ELSE a + b END
            """
        ),
        number(
            "crm_subtract(a bigint, b bigint)",
            """
            CASE WHEN b < 0 AND a > \(most) + b THEN \(most) WHEN b > 0 AND a < \(least) + b THEN \(least) ELSE a - b END
            """
        ),
        number(
            "crm_multiply(a bigint, b bigint)",
            """
            CASE WHEN a BETWEEN -2147483648 AND 2147483647 AND b BETWEEN -2147483648 AND 2147483647 THEN a * b \
            WHEN a::numeric * b > \(most) THEN \(most) WHEN a::numeric * b < \(least) THEN \(least) ELSE a * b END
            """
        ),
        number("crm_magnitude(a bigint)", "CASE WHEN a < -\(most) THEN \(most) ELSE abs(a) END"),
        number("crm_round(a bigint, d bigint)", "a / d + (a % d) / (d / 2)"),
        """
        CREATE FUNCTION crm_shift(a date, b bigint) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ \
        SELECT CASE WHEN b BETWEEN -4000000 AND 4000000 THEN CASE WHEN a + b::integer BETWEEN date '0001-01-01' \
        AND date '9999-12-31' THEN a + b::integer END END $$
        """,
        """
        CREATE FUNCTION crm_day(a timestamptz, z text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ \
        SELECT CASE WHEN (a AT TIME ZONE z)::date BETWEEN date '0001-01-01' AND date '9999-12-31' \
        THEN (a AT TIME ZONE z)::date END $$
        """,
        """
        CREATE FUNCTION crm_divide(a bigint, b bigint, shift integer) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT \
        PARALLEL SAFE AS $$
        DECLARE
            quotient bigint;
            rest bigint;
            product bigint;
            factor bigint;
        BEGIN
            IF b = 0 THEN RETURN NULL; END IF;
            a := greatest(a, -\(most));
            b := greatest(b, -\(most));
            quotient := a / b;
            rest := a % b;
            WHILE shift > 0 LOOP
                factor := (ARRAY[10, 100, 1000])[least(shift, 3)];
                shift := shift - 3;
                product := crm_multiply(rest, factor);
                quotient := crm_add(crm_multiply(quotient, factor), product / b);
                rest := product % b;
            END LOOP;
            IF abs(rest) < abs(b) - abs(rest) THEN RETURN quotient; END IF;
            RETURN crm_add(quotient, CASE WHEN (rest < 0) = (b < 0) THEN 1 ELSE -1 END);
        END $$
        """,
    ]

    private static let most = "9223372036854775807"
    private static let least = "(-9223372036854775807 - 1)"

    private static func number(_ head: String, _ body: String) -> String {
        "CREATE FUNCTION \(head) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT \(body) $$"
    }
}
