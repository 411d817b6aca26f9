"""Rules about assumptions, lenses, claims, case studies, partnership models and the words of government."""

from __future__ import annotations

from lgrdata.keeping.rules.base import Rule, sql

_LEGAL = "(SELECT symbol FROM lens_value GROUP BY symbol)"


def _positions() -> tuple[Rule, ...]:
    sources = {
        "lens": "SELECT 'lenses' AS what, position FROM lens",
        "model": "SELECT 'models' AS what, position FROM partnership_model",
        "service": "SELECT 'services' AS what, position FROM care_service",
        "service-model": "SELECT 'models of ' || service_id AS what, position FROM service_model",
    }
    return tuple(
        sql(
            f"{name}-order",
            f"Positions of {'models within a service' if name == 'service-model' else name + 's'} are 1, 2, 3 ...",
            f"""SELECT what, group_concat(position, ' ') FROM ({query}) GROUP BY what
                HAVING min(position) <> 1 OR max(position) <> count(*) OR count(DISTINCT position) <> count(*)""",
        )
        for name, query in sources.items()
    )


RULES: tuple[Rule, ...] = (
    *_positions(),
    sql(
        "parameter-range",
        "An assumption's low, central and high are in order.",
        """SELECT parameter_key, low, central, high FROM parameter
           WHERE low > high OR low > central OR central > high""",
    ),
    sql(
        "parameter-share",
        "An assumption that is a share lies from -1 to 1, and no model that counts rests on a negative one.",
        """SELECT parameter_key, low, central, high FROM parameter WHERE unit LIKE 'share%'
           AND (max(abs(coalesce(low, 0)), abs(coalesce(central, 0)), abs(coalesce(high, 0))) > 1
           OR (min(coalesce(low, 0), coalesce(central, 0)) < 0 AND parameter_key IN
               (SELECT parameter_key FROM partnership_model WHERE excluded = 0)))""",
    ),
    sql(
        "parameter-words",
        "An assumption says its label, unit, what it rests on and how sure it is.",
        """SELECT parameter_key FROM parameter WHERE label = '' OR unit = '' OR rests_on = '' OR confidence = ''""",
    ),
    sql(
        "lens-values",
        "Each side sets every assumption that the other sets, six in all.",
        f"""SELECT lens_id, s.symbol FROM lens, {_LEGAL} s WHERE lens_id <> 'middle' AND NOT EXISTS
            (SELECT 1 FROM lens_value v WHERE v.lens_id = lens.lens_id AND v.symbol = s.symbol)
            UNION ALL SELECT 'all', count(*) || ' symbols' FROM {_LEGAL} HAVING count(*) <> 6""",
    ),
    sql(
        "lens-halfway",
        "Halfway has no values of its own: it is the mean of both sides, worked out when it is used.",
        "SELECT lens_id, symbol, value FROM lens_value WHERE lens_id = 'middle'",
    ),
    sql(
        "lens-range",
        "A value that a lens sets lies between the low and high of its assumption.",
        """SELECT lens_id, symbol, value, 'outside', low, 'to', high
           FROM lens_value JOIN parameter USING (parameter_key)
           WHERE value < low OR value > high""",
    ),
    sql(
        "lens-parameter",
        "All lenses bound a symbol by the same assumption.",
        """SELECT symbol, group_concat(DISTINCT parameter_key) FROM lens_value GROUP BY symbol
           HAVING count(DISTINCT parameter_key) > 1""",
    ),
    sql(
        "claim-link",
        "What a claim bears on is there.",
        """SELECT claim_id, kind, target FROM claim_link WHERE
           (kind = 'parameter' AND target NOT IN (SELECT parameter_key FROM parameter)) OR
           (kind = 'case study' AND target NOT IN (SELECT case_slug FROM case_study)) OR
           (kind = 'consideration' AND target NOT IN (SELECT paragraph FROM consideration))""",
    ),
    sql(
        "claim-service",
        "What ties a claim to a care service says in a sentence what in the claim speaks of it.",
        "SELECT claim_id, service_id, why FROM claim_service WHERE why NOT GLOB '[A-Z]* *.'",
    ),
    sql(
        "claim-contest",
        "A claim is contested by another claim or by words, not by itself or by a slug that is no claim.",
        """SELECT claim_id, contested_by FROM claim_contest WHERE contested_by = claim_id OR contested_by = ''
           OR (contested_by NOT GLOB '* *' AND contested_by NOT IN (SELECT claim_id FROM claim))""",
    ),
    sql(
        "claim-words",
        "A claim says what is claimed, by whom, whose side paid, and how sure it is.",
        """SELECT claim_id FROM claim WHERE claim = '' OR author = '' OR side = '' OR paid_by = '' OR confidence = ''
           OR status = ''""",
    ),
    sql(
        "claim-year",
        "A claim's year is a year or a span of years, or empty where not known.",
        "SELECT claim_id, year FROM claim WHERE year <> '' AND year NOT GLOB '*[12][90][0-9][0-9]*'",
    ),
    sql(
        "consideration-number",
        "A paragraph of government's note is numbered 2.1 or 3.5.1, within its section.",
        """SELECT paragraph, section FROM consideration WHERE paragraph NOT GLOB '[1-9].[0-9]*'
           OR substr(paragraph, 1, 1) <> section OR title = '' OR summary = ''""",
    ),
    sql(
        "criterion-parts",
        "There are six criteria, and every part belongs to one of them.",
        """SELECT criterion_id, parent_id FROM criterion c WHERE parent_id IS NOT NULL AND
           (SELECT parent_id FROM criterion p WHERE p.criterion_id = c.parent_id) IS NOT NULL
           UNION ALL SELECT count(*), 'criteria without a parent' FROM criterion WHERE parent_id IS NULL
           HAVING count(*) <> 6""",
        england=True,
    ),
    sql(
        "model-months",
        "A partnership model's set-up takes from a low to a higher number of months, within ten years.",
        """SELECT model_id, setup_months_low, setup_months_high FROM partnership_model
           WHERE setup_months_low > setup_months_high OR setup_months_low < 0 OR setup_months_high > 120
           OR setup_cost_low > setup_cost_high OR setup_cost_low < 0""",
    ),
    sql(
        "model-excluded",
        "A model that reduces cost has an assumption for how much, and an excluded one has no effect.",
        """SELECT model_id, effect, parameter_key FROM partnership_model
           WHERE (effect <> 'none' AND parameter_key IS NULL) OR (excluded = 1 AND effect <> 'none')""",
    ),
    sql(
        "model-effect",
        "A model that avoids duplication rests on a mu assumption, one that buys jointly on a theta one.",
        """SELECT model_id, effect, parameter_key FROM partnership_model
           WHERE (effect = 'duplication' AND parameter_key NOT LIKE 'mu%')
           OR (effect = 'buying' AND parameter_key NOT LIKE 'theta%')""",
    ),
    sql(
        "service-models",
        "Every care service has a partnership model that fits it and is not excluded.",
        """SELECT service_id FROM care_service WHERE service_id NOT IN (SELECT service_id FROM service_model
           JOIN partnership_model USING (model_id) WHERE excluded = 0)""",
    ),
    sql(
        "service-spend",
        "A care service names a row of spend that is there, or none.",
        """SELECT service_id, spend_form, spend_service FROM care_service
           WHERE (spend_form = 'none') <> (spend_service = '')
           OR (spend_form <> 'none' AND NOT EXISTS (SELECT 1 FROM spend
               WHERE form = spend_form AND service = spend_service))""",
        england=True,
    ),
    sql(
        "service-counted",
        "A care service is counted with one of the four estimates, or none.",
        """SELECT service_id, counted_with FROM care_service WHERE counted_with NOT IN
           ('', 'adults_long_term_support', 'children_looked_after', 'children_in_need', 'ehc_plans')""",
    ),
    sql(
        "case-words",
        "A case study says what was done, where, when, in which services, and what it rests on.",
        """SELECT case_slug FROM case_study WHERE title = '' OR places = '' OR services = '' OR years = ''
           OR what_was_done = '' OR source_words = '' OR confidence = ''""",
    ),
    sql(
        "case-ended",
        "A case study that ended says how.",
        "SELECT case_slug FROM case_study WHERE outcome = 'ended' AND how_it_ended = ''",
    ),
    sql(
        "case-numbers",
        "A case study has numbers exactly where some were published.",
        "SELECT case_slug, numbers_status FROM case_study WHERE (numbers = '') <> (numbers_status = 'none published')",
    ),
    sql(
        "case-linked",
        "A case study of a partnership names a partnership model.",
        """SELECT case_slug FROM case_study WHERE kind = 'partnership'
           AND case_slug NOT IN (SELECT case_slug FROM case_model)""",
    ),
    sql(
        "glossary",
        "A term of the glossary is listed once and explained in a sentence.",
        """SELECT group_concat(term, ' = ') FROM glossary GROUP BY lower(term) HAVING count(*) > 1
           UNION ALL SELECT term FROM glossary WHERE meaning NOT LIKE '%.'""",
    ),
    sql(
        "parameter-bounds",
        "An assumption of the sums has a low, a central and a high number.",
        """SELECT parameter_key, low, central, high FROM parameter
           WHERE (low IS NULL OR central IS NULL OR high IS NULL)
           AND (parameter_key GLOB 'mu_*' OR parameter_key GLOB 'theta_*' OR parameter_key GLOB 'ramp_*'
             OR parameter_key GLOB 'agg_*' OR parameter_key GLOB 'disagg_*' OR parameter_key GLOB 'transition_*_*'
             OR parameter_key GLOB 'transform_*_pct' OR parameter_key IN ('discount_rate', 'exit_hazard',
             'appraisal_years', 'realisation', 'kappa_unit_cost', 'leadership_per_upper_tier')
             OR parameter_key IN (SELECT parameter_key FROM lens_value))""",
    ),
    sql(
        "lens-unit",
        "An assumption that lenses set is in the unit that the sums take.",
        """WITH known(symbol, unit) AS (VALUES ('delta', '£ a year per county resident'),
             ('kappa', '£ a year per resident for each 100,000 fewer'),
             ('s', '£m a year per council'), ('t_old', '£m per council'), ('t_s', '£ per county resident'),
             ('t_x', '£m per new council'))
           SELECT DISTINCT parameter_key, parameter.unit, 'not', known.unit FROM lens_value
           JOIN parameter USING (parameter_key) JOIN known USING (symbol) WHERE parameter.unit <> known.unit""",
    ),
    sql(
        "lens-sides",
        "The county side puts the cost of dividing (delta, kappa, t_s, t_x) no lower than the district side.",
        """SELECT symbol, c.value, d.value FROM lens_value c JOIN lens_value d USING (symbol)
           WHERE c.lens_id = 'county' AND d.lens_id = 'district' AND symbol IN ('delta', 'kappa', 't_s', 't_x')
           AND c.value < d.value""",
    ),
    sql(
        "case-once",
        "A published figure of a business case, a claim, a case study and a model are each listed once.",
        """SELECT 'business_case', group_concat(case_id, ' = ') FROM business_case GROUP BY area_id, proposal_id, place,
             councils, metric, value, low, high, basis, author HAVING count(*) > 1
           UNION ALL SELECT 'claim', group_concat(claim_id, ' = ') FROM claim GROUP BY claim HAVING count(*) > 1
           UNION ALL SELECT 'case_study', group_concat(case_slug, ' = ') FROM case_study GROUP BY title
             HAVING count(*) > 1
           UNION ALL SELECT 'partnership_model', group_concat(model_id, ' = ') FROM partnership_model GROUP BY name
             HAVING count(*) > 1
           UNION ALL SELECT 'consideration', group_concat(paragraph, ' = ') FROM consideration GROUP BY title
             HAVING count(*) > 1""",
    ),
    sql(
        "past-round-councils",
        "A past round has one county and two districts or more before it, and as many councils after as took a piece.",
        """SELECT round_id, pieces, 'pieces', sum(stage = 'after'), 'councils after' FROM past_round
           LEFT JOIN past_round_council USING (round_id) GROUP BY round_id
           HAVING total(stage = 'before' AND tier = 'county') <> 1 OR total(tier = 'district') < 2
           OR total(stage = 'after') < pieces""",
    ),
    sql(
        "past-round-residents",
        "A past round has as many residents after as before, within 3%, and says how a derived number came about.",
        """SELECT round_id, sum(iif(stage = 'before', residents, 0)), 'before', sum(iif(stage = 'after', residents, 0)),
             'after' FROM past_round_council GROUP BY round_id
           HAVING abs(1.0 * sum(iif(stage = 'after', residents, 0)) / sum(iif(stage = 'before', residents, 0)) - 1)
             > 0.03
           UNION ALL SELECT round_id, name, 'derived, not said how', NULL, NULL FROM past_round_council
           WHERE status = 'derived' AND note = ''""",
    ),
    sql(
        "past-round-figure",
        "A figure of a past round is in a unit that its measure has, and is no cost below zero.",
        """SELECT round_id, figure, kind, unit FROM past_round_figure
           WHERE (figure = 'recurring net saving') <> (unit = '£m a year')
           OR (figure = 'one-off cost' AND min(coalesce(value, low, high), coalesce(low, value, high)) <= 0)""",
    ),
    sql(
        "case-size",
        "A cost is never negative, and an area's yearly saving is within £300 million.",
        """SELECT case_id, metric, low, value, high FROM business_case WHERE
           (metric = 'one-off cost' AND (value < 0 OR low < 0)) OR
           (metric = 'recurring net saving' AND area_id IS NOT NULL AND abs(value) > 300)""",
    ),
    sql(
        "claim-payer",
        "A claim paid for by the County Councils Network, the District Councils' Network or Government is of its side.",
        """SELECT claim_id, paid_by, side FROM claim WHERE
           (paid_by LIKE 'County Councils Network%' AND side <> 'county-commissioned') OR
           (paid_by LIKE 'District Councils_ Network%' AND side <> 'district-commissioned') OR
           (paid_by = 'Government' AND side NOT IN ('government', 'unitary-experience'))""",
    ),
    sql(
        "case-continues",
        "A case study that continues or is planned has not ended, and each bears on a paragraph of government's note.",
        """SELECT case_slug, outcome, how_it_ended FROM case_study
           WHERE outcome IN ('continues', 'planned') AND how_it_ended <> ''
           UNION ALL SELECT case_slug, 'names no paragraph', NULL FROM case_study
           WHERE case_slug NOT IN (SELECT case_slug FROM case_paragraph)""",
    ),
    sql(
        "criterion-id",
        "A part of a criterion has its criterion's number and a letter.",
        """SELECT criterion_id, parent_id FROM criterion
           WHERE parent_id IS NOT NULL AND criterion_id NOT LIKE parent_id || '_'""",
    ),
    sql(
        "model-coverage",
        "A partnership model has a coverage exactly where it has an effect, and bears on a paragraph.",
        """SELECT model_id, effect, coverage FROM partnership_model WHERE (effect = 'none') <> (coverage IS NULL)
           UNION ALL SELECT model_id, 'names no paragraph', NULL FROM partnership_model
           WHERE model_id NOT IN (SELECT model_id FROM model_paragraph)""",
    ),
    sql(
        "service-group",
        "A service for adults is not counted with children, nor one for children with adults.",
        """SELECT service_id, client_group, counted_with FROM care_service WHERE
           (client_group = 'adults' AND counted_with NOT IN ('', 'adults_long_term_support')) OR
           (client_group = 'children' AND counted_with = 'adults_long_term_support')""",
    ),
)
