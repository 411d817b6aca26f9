-- The dataset, whole, in one file to read.
--
-- Two kinds of table. INPUT tables are kept as CSV in data/tables (one file a table; `figure` one file a topic)
-- and can be edited in data/lgr.db and dumped back. DERIVED tables, at the end, are made by `build` and never dumped.
-- SQLite does not enforce foreign keys on insert by other tools: `python -m lgrdata check` does.
-- Codes are the Office for National Statistics' own (E07000207); areas and proposals have slugs (surrey, surrey-2ua).
-- `status` of a figure: see the CHECK on `figure`. A missing figure is a row without a value whose status says why.

-- ---------------------------------------------------------------- provenance
CREATE TABLE source (                       -- where figures and statements come from
  source_id   TEXT NOT NULL PRIMARY KEY,    -- slug, e.g. ons-mye-2024
  title       TEXT NOT NULL CHECK (title <> ''),
  publisher   TEXT NOT NULL CHECK (publisher <> ''),
  release     TEXT NOT NULL,                -- edition as the publisher names it, e.g. "mid-2024"
  released    TEXT NOT NULL,                -- date released, as far as known: YYYY, YYYY-MM or YYYY-MM-DD; '' if not known
  licence     TEXT NOT NULL CHECK (licence <> ''),
  link        TEXT NOT NULL,                -- publisher's page; '' if not known
  note        TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE period (                       -- the days that a period of figures or spending begins and ends; words are for display, days say which is newest
  period      TEXT NOT NULL PRIMARY KEY CHECK (period <> ''),   -- 2024-25, 31 Mar 2025, 2025 Q1
  starts      TEXT NOT NULL,                -- first day, YYYY-MM-DD
  ends        TEXT NOT NULL,                -- last day; the same for a count on one day
  CHECK (starts <= ends)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (                      -- editions that figures are taken from; publisher, edition and date released are the source's
  source_id   TEXT NOT NULL PRIMARY KEY REFERENCES source(source_id),
  series      TEXT NOT NULL CHECK (series <> ''),     -- whose edition it is, in kebab-case, e.g. ons-mye
  starts      TEXT NOT NULL,                -- first and last day of its newest figures, YYYY-MM-DD
  ends        TEXT NOT NULL,
  geography   TEXT NOT NULL CHECK (geography <> ''),  -- vintage of the codes that its figures are held on
  supersedes  TEXT REFERENCES release(source_id),     -- the edition before, where that is held too
  CHECK (starts <= ends)
) STRICT, WITHOUT ROWID;

CREATE TABLE vintage (                      -- the years that sums start from; labels name them
  what        TEXT NOT NULL PRIMARY KEY CHECK (what IN ('residents', 'prices', 'wards', 'boards')),
  period      TEXT NOT NULL REFERENCES period(period),
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE total (                        -- what the dataset must add up to, as published or as agreed; `check` holds each row
  total_id    TEXT NOT NULL PRIMARY KEY,
  item        TEXT NOT NULL CHECK (item <> ''),       -- what is added up, by its name in `check`: residents, ehc_plans, flow commuting 2021 ...
  period      TEXT NOT NULL DEFAULT '',     -- '' where there is none
  places      TEXT NOT NULL,                -- members of the areas | all places held, not the country | a county's code
  compare     TEXT NOT NULL CHECK (compare IN ('is', 'at least')),
  value       REAL NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  note        TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- places
CREATE TABLE area (                         -- the invited areas, and Sussex combined
  area_id     TEXT NOT NULL PRIMARY KEY CHECK (area_id GLOB '[a-z]*' AND area_id NOT GLOB '*[^a-z0-9-]*'),
  name        TEXT NOT NULL CHECK (name <> ''),       -- short name, e.g. Surrey
  full_name   TEXT NOT NULL,                          -- as invited, e.g. Essex, Southend & Thurrock
  kind        TEXT NOT NULL CHECK (kind IN ('invited', 'combined')),
  stage       TEXT NOT NULL CHECK (stage IN ('decided', 'awaiting', 'unknown')),   -- unknown: a decision was announced, or is said to be; what it was is not known here
  stage_date  TEXT NOT NULL,                          -- date of decision (that of its event of kind 'decision'), '' if none known
  stage_note  TEXT NOT NULL,                          -- plain sentences; that an outcome is not known is told from the stage, not here
  stage_confidence TEXT NOT NULL CHECK (stage_confidence IN ('documented', 'uncertain', 'unverified')),
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE place (                        -- every place a figure, flow or drawing can name
  place_code  TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  kind        TEXT NOT NULL CHECK (kind IN ('district', 'unitary', 'county', 'ward', 'other authority', 'country', 'elsewhere'))
) STRICT;                                   -- 'unitary', 'district': of the areas, and West Berkshire; 'other authority': England beyond them

CREATE TABLE county (                       -- county councils of today
  county_code TEXT NOT NULL PRIMARY KEY REFERENCES place(place_code),
  name        TEXT NOT NULL,
  area_id     TEXT NOT NULL REFERENCES area(area_id)
) STRICT;

CREATE TABLE former_county (                -- counties whose area is several upper-tier councils today: what estimates are tried on
  place_code  TEXT NOT NULL PRIMARY KEY REFERENCES place(place_code),   -- a part, as it is today
  county      TEXT NOT NULL CHECK (county <> ''),
  kind        TEXT NOT NULL CHECK (kind IN ('shire', 'city', 'metropolitan')),  -- shire: no county council left, or one beside another part; city: a county and cities that left it
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE authority (                    -- districts and unitaries of today, and West Berkshire
  authority_code TEXT NOT NULL PRIMARY KEY REFERENCES place(place_code),
  name        TEXT NOT NULL,
  tier        TEXT NOT NULL CHECK (tier IN ('district', 'unitary')),
  county_code TEXT REFERENCES county(county_code),    -- NULL for a unitary
  region      TEXT NOT NULL,
  rural_urban TEXT NOT NULL,
  area_km2    REAL NOT NULL CHECK (area_km2 > 0),
  lon         REAL NOT NULL CHECK (lon BETWEEN -7 AND 2),
  lat         REAL NOT NULL CHECK (lat BETWEEN 49 AND 56),
  CHECK ((tier = 'district') = (county_code IS NOT NULL))
) STRICT;

CREATE TABLE place_history (                -- codes and names that an authority had, and spellings that it goes by: how files and links of other years are read
  kind        TEXT NOT NULL CHECK (kind IN ('code', 'name', 'spelling')),   -- spelling: a short or other form in use
  former      TEXT NOT NULL CHECK (former <> ''),
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),        -- whose it was, as it is today
  part        TEXT NOT NULL DEFAULT '',     -- of a merged place: its name; followed only where every part goes to one council
  until       TEXT NOT NULL CHECK (until GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' OR until = ''),   -- first day without it; '' if in use
  note        TEXT NOT NULL DEFAULT '',     -- what else changed on that day
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (kind, former),
  CHECK ((kind = 'spelling') = (until = '')), CHECK (part = '' OR kind <> 'spelling')
) STRICT, WITHOUT ROWID;

CREATE TABLE area_authority (               -- which authorities an area is made of
  area_id     TEXT NOT NULL REFERENCES area(area_id),
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  role        TEXT NOT NULL CHECK (role IN ('member', 'extra')),  -- extra: outside the invitation, may be taken in (West Berkshire)
  PRIMARY KEY (area_id, authority_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE ward (                         -- electoral wards of 2025
  ward_code   TEXT NOT NULL PRIMARY KEY REFERENCES place(place_code),
  name        TEXT NOT NULL,
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  area_km2    REAL NOT NULL CHECK (area_km2 > 0),
  lon         REAL NOT NULL,
  lat         REAL NOT NULL
) STRICT;

CREATE TABLE topology (                     -- boundaries as TopoJSON, longitude and latitude (WGS84), shared arcs; file data/boundaries/ID.topojson
  topology_id TEXT NOT NULL PRIMARY KEY,    -- an area_id (objects: authorities, wards), or 'england' (object: authorities)
  topojson    TEXT NOT NULL CHECK (json_valid(topojson)),
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE neighbour (                    -- authorities that touch, each pair once, lower code first
  a           TEXT NOT NULL REFERENCES place(place_code),   -- may be a place outside the areas
  b           TEXT NOT NULL REFERENCES place(place_code),
  kind        TEXT NOT NULL CHECK (kind IN ('land', 'tidal', 'sea')),  -- tidal: border runs in a river or harbour; sea: a gap, joined only by boat
  metres      REAL NOT NULL CHECK (metres > 0),  -- land: length of shared border; tidal, sea: width of the gap
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;

CREATE TABLE ward_neighbour (               -- wards that touch, each pair once, lower code first
  a           TEXT NOT NULL REFERENCES ward(ward_code),
  b           TEXT NOT NULL REFERENCES ward(ward_code),
  kind        TEXT NOT NULL CHECK (kind IN ('land', 'tidal', 'sea')),
  metres      REAL NOT NULL CHECK (metres >= 0),
  PRIMARY KEY (a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;

CREATE TABLE footprint (                    -- areas of partners: NHS boards, police, fire, community safety partnerships
  kind        TEXT NOT NULL CHECK (kind IN ('police', 'fire', 'community safety') OR kind GLOB 'icb 20[0-9][0-9]'),
  footprint_code TEXT NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (kind, footprint_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE authority_footprint (          -- share of an authority inside each
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  kind        TEXT NOT NULL,
  footprint_code TEXT NOT NULL,
  share       REAL NOT NULL CHECK (share > 0 AND share <= 1),
  status      TEXT NOT NULL CHECK (status IN ('published', 'derived')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (authority_code, kind, footprint_code),
  FOREIGN KEY (kind, footprint_code) REFERENCES footprint(kind, footprint_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE trust (                        -- acute hospital trusts
  trust_code  TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL
) STRICT;

CREATE TABLE authority_trust (              -- estimated share of an authority's admissions by trust
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  trust_code  TEXT NOT NULL REFERENCES trust(trust_code),
  share       REAL NOT NULL CHECK (share > 0 AND share <= 1),
  status      TEXT NOT NULL CHECK (status IN ('estimated')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (authority_code, trust_code)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- people
CREATE TABLE resident (                     -- residents by single year of age, authorities
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  year        INTEGER NOT NULL,
  age         INTEGER NOT NULL CHECK (age BETWEEN 0 AND 90),   -- 90 means 90 and over
  residents   INTEGER NOT NULL CHECK (residents >= 0),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (authority_code, year, age)
) STRICT, WITHOUT ROWID;

CREATE TABLE ward_census (                  -- Census 2021 carried from small areas to wards by postcodes: estimated
  ward_code   TEXT NOT NULL REFERENCES ward(ward_code),
  item        TEXT NOT NULL,                -- age 0-15 | age 16-24 | age 25-34 | age 35-49 | age 50-64 | age 65+ | disabled | income deprived children | income deprived older people ...
  people      REAL NOT NULL CHECK (people >= 0),
  status      TEXT NOT NULL CHECK (status IN ('estimated')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (ward_code, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE projection (                   -- subnational projections from their first year on; use growth rates, never levels
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  year        INTEGER NOT NULL,
  band        TEXT NOT NULL CHECK (band IN ('all', '0-19', '20-64', '65+', '85+')),
  residents   INTEGER NOT NULL CHECK (residents >= 0),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (authority_code, year, band)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow (                         -- people moving between places
  kind        TEXT NOT NULL CHECK (kind IN ('commuting 2021', 'home or no fixed place 2021', 'commuting 2011', 'moves 2021')),
  from_code   TEXT NOT NULL REFERENCES place(place_code),
  to_code     TEXT NOT NULL REFERENCES place(place_code),
  people      INTEGER NOT NULL CHECK (people >= 0),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (kind, from_code, to_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE pupil_flow (                   -- pupils across upper-tier borders, three school years summed
  from_code   TEXT NOT NULL REFERENCES place(place_code),
  to_code     TEXT NOT NULL REFERENCES place(place_code),
  phase       TEXT NOT NULL,
  pupils_three_years INTEGER NOT NULL CHECK (pupils_three_years >= 0),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (from_code, to_code, phase)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- figures
CREATE TABLE measure (                      -- what a figure measures
  measure_code TEXT NOT NULL PRIMARY KEY,   -- snake_case, e.g. children_looked_after
  name        TEXT NOT NULL CHECK (name <> ''),       -- plain words for the screen
  unit        TEXT NOT NULL CHECK (unit <> ''),       -- people, children, plans, £, £ thousand, %, per 10,000, score, rank ...
  topic       TEXT NOT NULL CHECK (topic NOT GLOB '*[^a-z_]*'),   -- also the file name: data/tables/figure/TOPIC.csv
  kind        TEXT NOT NULL CHECK (kind IN ('count', 'money', 'rate', 'score', 'rank')),  -- counts and money add up across places; the rest never
  definition  TEXT NOT NULL
) STRICT;

CREATE TABLE figure (                       -- one published (or missing) figure
  place_code  TEXT NOT NULL REFERENCES place(place_code),
  measure_code TEXT NOT NULL REFERENCES measure(measure_code),
  period      TEXT NOT NULL REFERENCES period(period),
  value       REAL,
  status      TEXT NOT NULL CHECK (status IN ('published', 'estimated', 'derived', 'provisional', 'suppressed', 'not returned', 'not available', 'not applicable')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  note        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (place_code, measure_code, period),
  CHECK ((value IS NULL) = (status IN ('suppressed', 'not returned', 'not available', 'not applicable')))
) STRICT, WITHOUT ROWID;

CREATE TABLE spend (                        -- revenue outturn by service, £ thousand
  place_code  TEXT NOT NULL REFERENCES place(place_code),
  year        TEXT NOT NULL REFERENCES period(period),
  form        TEXT NOT NULL CHECK (form IN ('RSX', 'RO3')),   -- summary of services | social care and public health detail
  service     TEXT NOT NULL,
  line        TEXT NOT NULL,                -- Employees, Running Expenses, Net Current Expenditure ...
  thousand    REAL,
  status      TEXT NOT NULL CHECK (status IN ('published', 'suppressed', 'not returned')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (place_code, year, form, service, line),
  CHECK ((thousand IS NULL) = (status <> 'published'))
) STRICT, WITHOUT ROWID;

CREATE TABLE inspection (                   -- grades given by inspectors
  place_code  TEXT NOT NULL REFERENCES place(place_code),
  framework   TEXT NOT NULL,
  judgement   TEXT NOT NULL,
  date        TEXT NOT NULL,
  grade       TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (place_code, framework, judgement, date)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- proposals
CREATE TABLE proposal (                     -- splits that somebody really put forward
  proposal_id TEXT NOT NULL PRIMARY KEY,
  area_id     TEXT NOT NULL REFERENCES area(area_id),
  title       TEXT NOT NULL,
  proposers   TEXT NOT NULL,
  stage       TEXT NOT NULL CHECK (stage IN ('interim', 'considered', 'final', 'decided')),   -- decided: a final proposal that was chosen
  date        TEXT NOT NULL,                -- submitted or published; when it was decided is the area's stage_date
  councils    INTEGER NOT NULL CHECK (councils BETWEEN 1 AND 8),
  whole_authorities INTEGER NOT NULL CHECK (whole_authorities IN (0, 1)),  -- 1: made of whole authorities, as proposed
  boundary_change TEXT NOT NULL,            -- what moves, in words; '' if nothing
  status      TEXT NOT NULL CHECK (status IN ('selected', 'rejected', 'unknown')),
  basis       TEXT NOT NULL CHECK (basis IN ('exact', 'exact-parts', 'not known')),  -- how its composition is known
  confidence  TEXT NOT NULL CHECK (confidence IN ('documented', 'uncertain', 'unverified')),
  note        TEXT NOT NULL,                -- that its outcome is not known is told from `status`, not here
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE proposal_council (             -- the new councils of a proposal, in its order
  proposal_id TEXT NOT NULL REFERENCES proposal(proposal_id),
  council     TEXT NOT NULL,
  position    INTEGER NOT NULL CHECK (position >= 1),
  PRIMARY KEY (proposal_id, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE composition (                  -- members of each new council, as proposed
  proposal_id TEXT NOT NULL,
  council     TEXT NOT NULL,
  authority_code TEXT NOT NULL REFERENCES authority(authority_code),
  part        TEXT NOT NULL,                -- whole, or which wards or parishes, in words
  PRIMARY KEY (proposal_id, council, authority_code, part),
  FOREIGN KEY (proposal_id, council) REFERENCES proposal_council(proposal_id, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE drawing (                      -- how sure the map of a proposal is; a proposal may have a drawing by wards and one by whole authorities
  proposal_id TEXT NOT NULL REFERENCES proposal(proposal_id),
  basis       TEXT NOT NULL CHECK (basis IN ('exact', 'exact-parts', 'nearest-whole')),  -- exact-parts: whole wards standing in for the line proposed; nearest-whole: made for this project
  sureness    TEXT NOT NULL CHECK (sureness IN ('exact', 'high', 'fairly high', 'medium', 'low', 'approximate')),
  note        TEXT NOT NULL,
  PRIMARY KEY (proposal_id, basis)
) STRICT, WITHOUT ROWID;

CREATE TABLE drawing_block (                -- block by block; a ward row overrides its authority's
  proposal_id TEXT NOT NULL,
  basis       TEXT NOT NULL,
  block_code  TEXT NOT NULL REFERENCES place(place_code),
  council     TEXT NOT NULL,
  placed      TEXT NOT NULL CHECK (placed IN ('named', 'inferred')),   -- named in a source, or chosen to fit a stated count
  note        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (proposal_id, basis, block_code),
  FOREIGN KEY (proposal_id, basis) REFERENCES drawing(proposal_id, basis),
  FOREIGN KEY (proposal_id, council) REFERENCES proposal_council(proposal_id, council)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (                        -- dated steps
  -- `kind` says what a step is, so that pages can tell where an area stands: a challenge in court stands beside the
  -- decision and changes neither `area.stage` nor a proposal's status; it is open until an event 'judgment' follows it.
  event_id    TEXT NOT NULL PRIMARY KEY,
  area_id     TEXT REFERENCES area(area_id),          -- NULL: all areas
  date        TEXT NOT NULL,
  event       TEXT NOT NULL,
  confidence  TEXT NOT NULL CHECK (confidence IN ('documented', 'uncertain', 'unverified')),  -- uncertain: inferred, or known at second hand
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  kind        TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'decision', 'challenge', 'judgment', 'order', 'election', 'vesting', 'guidance'))
) STRICT;                                   -- '': any other step; decision: dates what government chose (area.stage_date)

-- ---------------------------------------------------------------- assumptions and evidence
CREATE TABLE parameter (                    -- every assumption of the model
  parameter_key TEXT NOT NULL PRIMARY KEY,
  label       TEXT NOT NULL,
  unit        TEXT NOT NULL,
  low         REAL,
  central     REAL,
  high        REAL,
  words       TEXT NOT NULL DEFAULT '',     -- value in words where it is not one number (phasing, lists)
  rests_on    TEXT NOT NULL,                -- in the project's words
  year        TEXT NOT NULL,
  confidence  TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  CHECK (low IS NULL OR central IS NULL OR low <= central),
  CHECK (high IS NULL OR central IS NULL OR central <= high),
  CHECK (central IS NOT NULL OR words <> '')
) STRICT;

CREATE TABLE lens (                         -- which side's evidence prices a split
  lens_id     TEXT NOT NULL PRIMARY KEY CHECK (lens_id IN ('county', 'middle', 'district')),
  position    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  rests_on    TEXT NOT NULL
) STRICT;

CREATE TABLE lens_value (                   -- the assumptions that a side sets; halfway is their mean and has none
  lens_id     TEXT NOT NULL REFERENCES lens(lens_id),
  symbol      TEXT NOT NULL CHECK (symbol IN ('delta', 'kappa', 's', 't_old', 't_x', 't_s')),
  value       REAL NOT NULL,
  parameter_key TEXT NOT NULL REFERENCES parameter(parameter_key),   -- whose low and high bound it
  PRIMARY KEY (lens_id, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE business_case (                -- what a proposal's own authors published
  case_id     INTEGER NOT NULL PRIMARY KEY,
  area_id     TEXT REFERENCES area(area_id),          -- NULL: national, or a place outside the areas
  proposal_id TEXT REFERENCES proposal(proposal_id),
  place       TEXT NOT NULL,                -- as the source names it
  councils    INTEGER,
  metric      TEXT NOT NULL CHECK (metric IN ('recurring net saving', 'one-off cost', 'five-year net', 'payback years', 'other')),
  unit        TEXT NOT NULL,
  value       REAL, low REAL, high REAL,
  basis       TEXT NOT NULL,                -- year and basis, in words
  author      TEXT NOT NULL,
  side        TEXT NOT NULL,                -- who paid
  confidence  TEXT NOT NULL,
  note        TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  CHECK (value IS NOT NULL OR low IS NOT NULL OR high IS NOT NULL OR note <> '')
) STRICT;

CREATE TABLE claim (                        -- what each side says
  claim_id    TEXT NOT NULL PRIMARY KEY,
  theme       TEXT NOT NULL CHECK (theme IN ('cost', 'quality and scale', 'workforce', 'health boundaries', 'transition and outturn', 'partnership', 'other')),
  side        TEXT NOT NULL,
  paid_by     TEXT NOT NULL,
  author      TEXT NOT NULL,
  title       TEXT NOT NULL,
  year        TEXT NOT NULL,
  claim       TEXT NOT NULL,
  figure      TEXT NOT NULL,
  geography   TEXT NOT NULL,
  service     TEXT NOT NULL,
  direction   TEXT NOT NULL,
  status      TEXT NOT NULL,
  confidence  TEXT NOT NULL,
  link        TEXT NOT NULL
) STRICT;

CREATE TABLE claim_contest (                -- which claim contests which; contested_by may be a claim or words
  claim_id    TEXT NOT NULL REFERENCES claim(claim_id),
  contested_by TEXT NOT NULL,
  PRIMARY KEY (claim_id, contested_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_link (                   -- what a claim bears on
  claim_id    TEXT NOT NULL REFERENCES claim(claim_id),
  kind        TEXT NOT NULL CHECK (kind IN ('parameter', 'case study', 'consideration')),
  target      TEXT NOT NULL,
  PRIMARY KEY (claim_id, kind, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim_service (                -- the care services whose part in a claim its words name, no others
  claim_id    TEXT NOT NULL REFERENCES claim(claim_id),
  service_id  TEXT NOT NULL REFERENCES care_service(service_id),
  why         TEXT NOT NULL,                -- what in the claim speaks of the service, in a sentence
  PRIMARY KEY (claim_id, service_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consideration (                -- paragraphs of government's note on partnership, in our words
  paragraph   TEXT NOT NULL PRIMARY KEY,    -- 2.1, 3.5.1 ...
  section     TEXT NOT NULL,                -- 2, 3, 4
  title       TEXT NOT NULL,                -- a few words
  summary     TEXT NOT NULL,
  theme       TEXT NOT NULL,
  tool_answer TEXT NOT NULL,                -- what this tool can say about it
  day_one     INTEGER NOT NULL CHECK (day_one IN (0, 1)),   -- on the "safe and legal on vesting day" list
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE criterion (                    -- the six criteria and their parts
  criterion_id TEXT NOT NULL PRIMARY KEY,
  parent_id   TEXT REFERENCES criterion(criterion_id),
  title       TEXT NOT NULL,
  summary     TEXT NOT NULL,
  answered_by TEXT NOT NULL CHECK (answered_by IN ('tool', 'data', 'user')),
  indicator   TEXT NOT NULL,
  display     TEXT NOT NULL,
  confidence  TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE partnership_model (            -- ways for councils to work together
  model_id    TEXT NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  position    INTEGER NOT NULL,
  summary     TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  governance  TEXT NOT NULL,
  services    TEXT NOT NULL,
  setup_months_low INTEGER NOT NULL, setup_months_high INTEGER NOT NULL,
  setup_cost  TEXT NOT NULL,                -- as published, in words
  setup_cost_low REAL, setup_cost_high REAL, -- £m, where a number is known
  published_saving TEXT NOT NULL,
  exit_risk   TEXT NOT NULL CHECK (exit_risk IN ('none', 'low', 'medium', 'high')),
  exit_note   TEXT NOT NULL,                -- how it can end, what comes back
  effect      TEXT NOT NULL CHECK (effect IN ('duplication', 'buying', 'none')),   -- what it may reduce: mu, theta or nothing that is costed
  parameter_key TEXT REFERENCES parameter(parameter_key),
  coverage    REAL CHECK (coverage BETWEEN 0 AND 1),    -- default share of the service covered (q)
  suitability TEXT NOT NULL,
  excluded    INTEGER NOT NULL CHECK (excluded IN (0, 1)),  -- 1: shown struck through, never counted
  when_to_use TEXT NOT NULL
) STRICT;

CREATE TABLE model_paragraph (
  model_id    TEXT NOT NULL REFERENCES partnership_model(model_id),
  paragraph   TEXT NOT NULL REFERENCES consideration(paragraph),
  PRIMARY KEY (model_id, paragraph)
) STRICT, WITHOUT ROWID;

CREATE TABLE care_service (                 -- the services that a split divides, as rows of the partnership board
  service_id  TEXT NOT NULL PRIMARY KEY,    -- leadership, workforce, specialist_provision, placements, equipment ...
  name        TEXT NOT NULL,
  position    INTEGER NOT NULL,
  paragraph   TEXT NOT NULL REFERENCES consideration(paragraph),
  client_group TEXT NOT NULL CHECK (client_group IN ('adults', 'children', 'both')),
  spend_form  TEXT NOT NULL CHECK (spend_form IN ('RSX', 'RO3', 'none')),
  spend_service TEXT NOT NULL,              -- service row of `spend` that stands nearest, or ''
  counted_with TEXT NOT NULL,               -- estimate that says who is affected: adults_long_term_support, children_looked_after, children_in_need, ehc_plans or ''
  summary     TEXT NOT NULL
) STRICT;

CREATE TABLE service_model (                -- which models fit a service, in the order to consider them
  service_id  TEXT NOT NULL REFERENCES care_service(service_id),
  model_id    TEXT NOT NULL REFERENCES partnership_model(model_id),
  position    INTEGER NOT NULL,
  why         TEXT NOT NULL,
  PRIMARY KEY (service_id, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_study (
  case_slug   TEXT NOT NULL PRIMARY KEY,
  title       TEXT NOT NULL,
  places      TEXT NOT NULL,
  services    TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('partnership', 'disaggregation', 'aggregation')),
  model_words TEXT NOT NULL,                -- the model, as the source describes it
  legal_basis TEXT NOT NULL,
  years       TEXT NOT NULL,
  what_was_done TEXT NOT NULL,
  numbers     TEXT NOT NULL,
  numbers_status TEXT NOT NULL CHECK (numbers_status IN ('none published', 'planned', 'claimed', 'outturn', 'disputed')),
  outcome     TEXT NOT NULL CHECK (outcome IN ('continues', 'ended', 'disputed', 'planned', 'not known')),
  how_it_ended TEXT NOT NULL,
  confidence  TEXT NOT NULL,
  source_words TEXT NOT NULL,               -- documents and pages it rests on
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE case_model (
  case_slug   TEXT NOT NULL REFERENCES case_study(case_slug),
  model_id    TEXT NOT NULL REFERENCES partnership_model(model_id),
  PRIMARY KEY (case_slug, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_service (
  case_slug   TEXT NOT NULL REFERENCES case_study(case_slug),
  service_id  TEXT NOT NULL REFERENCES care_service(service_id),
  PRIMARY KEY (case_slug, service_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_paragraph (
  case_slug   TEXT NOT NULL REFERENCES case_study(case_slug),
  paragraph   TEXT NOT NULL REFERENCES consideration(paragraph),
  PRIMARY KEY (case_slug, paragraph)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- sharing a county out
CREATE TABLE share_basis (                  -- what a line of spending can be shared by
  basis_key   TEXT NOT NULL PRIMARY KEY,    -- snake_case, e.g. residents_65_plus
  name        TEXT NOT NULL CHECK (name <> ''),       -- plain words, after "by": older people on low incomes
  position    INTEGER NOT NULL,
  measure     TEXT NOT NULL,                -- what is counted, in a sentence
  kind        TEXT NOT NULL CHECK (kind IN ('residents', 'people in care', 'low income', 'homes', 'tax base', 'land', 'rule', 'own counts')),
  by_authority TEXT NOT NULL CHECK (by_authority IN ('published', 'derived', 'estimated', 'rule', 'given')),
  by_ward     TEXT NOT NULL CHECK (by_ward IN ('published', 'estimated', 'not held', 'rule', 'given')),
  period      TEXT NOT NULL DEFAULT '',
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE share_line (                   -- lines that a county's spending adds up from, and stocks to divide
  line_key    TEXT NOT NULL PRIMARY KEY,    -- snake_case, e.g. adults_physical_65
  form        TEXT NOT NULL CHECK (form IN ('RSX', 'RO3', 'stock')),
  service     TEXT NOT NULL DEFAULT '',     -- RSX, RO3: service row of `spend`; stock: measure of `figure`, or '' where no figure is held
  name        TEXT NOT NULL CHECK (name <> ''),
  service_group TEXT NOT NULL CHECK (service_group IN ('adults', 'children', 'education', 'public health', 'other')),
  position    INTEGER NOT NULL,
  unit        TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE line_basis (                   -- the bases that fit a line
  line_key    TEXT NOT NULL REFERENCES share_line(line_key),
  basis_key   TEXT NOT NULL REFERENCES share_basis(basis_key),
  standing    TEXT NOT NULL CHECK (standing IN ('recommended', 'defensible', 'fixed part')),  -- fixed part: fair for a part of the line only, so never a low or a high
  position    INTEGER NOT NULL,             -- the order in which they stand in for one that is not held
  reason      TEXT NOT NULL,
  precedent   TEXT NOT NULL DEFAULT '',     -- where it was used or put forward; '' where it is our own judgement
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  PRIMARY KEY (line_key, basis_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE vesting_day (                  -- the day on which new councils take over
  area_id     TEXT NOT NULL PRIMARY KEY REFERENCES area(area_id),
  date        TEXT NOT NULL,
  set_by      TEXT NOT NULL CHECK (set_by IN ('order', 'plan')),   -- an order of Parliament, or government's timetable
  confidence  TEXT NOT NULL CHECK (confidence IN ('documented', 'uncertain', 'unverified')),
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;

CREATE TABLE delivery_fact (                -- what happened when counties were divided, in our words
  fact_id     TEXT NOT NULL PRIMARY KEY,
  topic       TEXT NOT NULL CHECK (topic IN ('hosting', 'exit', 'settlement', 'outturn', 'staff', 'records', 'duties', 'schools grant', 'debt')),
  place       TEXT NOT NULL,
  authority_code TEXT REFERENCES authority(authority_code),    -- whose debt the value is; NULL otherwise
  date        TEXT NOT NULL,                -- of the source
  fact        TEXT NOT NULL,
  value       REAL,
  unit        TEXT NOT NULL DEFAULT '',
  months_after_vesting INTEGER,             -- how long after the new councils began, where that is known
  confidence  TEXT NOT NULL CHECK (confidence IN ('documented', 'uncertain', 'unverified')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  CHECK ((value IS NULL) = (unit = ''))
) STRICT;
CREATE TABLE day_one_duty (                 -- what somebody must answer for on the day the new councils take over
  duty_id     TEXT NOT NULL PRIMARY KEY,    -- snake_case, e.g. out_of_hours
  name        TEXT NOT NULL CHECK (name <> ''),
  position    INTEGER NOT NULL,
  paragraph   TEXT NOT NULL REFERENCES consideration(paragraph),    -- of government's note; a tick of it stands for the duty
  service_id  TEXT REFERENCES care_service(service_id),    -- NULL where it belongs to no one service
  law         TEXT NOT NULL DEFAULT '',     -- Act and section, read in the source; '' where it is practice
  usual_post  TEXT NOT NULL CHECK (usual_post <> ''),      -- a post that could own it, our suggestion
  if_nothing  TEXT NOT NULL,                -- what happens if nothing is done, in our words
  confidence  TEXT NOT NULL CHECK (confidence IN ('documented', 'uncertain', 'unverified')),
  source_id   TEXT NOT NULL REFERENCES source(source_id)
) STRICT;
CREATE TABLE past_round (                   -- reorganisations of the past that the cost model is held against
  round_id    TEXT NOT NULL PRIMARY KEY,
  place       TEXT NOT NULL CHECK (place <> ''),
  vesting     INTEGER NOT NULL CHECK (vesting BETWEEN 1990 AND 2025),    -- year in which the new councils began
  pieces      INTEGER NOT NULL CHECK (pieces >= 1),    -- new councils that took a part of the county
  note        TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE past_round_council (           -- councils before and after a past round
  round_id    TEXT NOT NULL REFERENCES past_round(round_id),
  stage       TEXT NOT NULL CHECK (stage IN ('before', 'after')),
  name        TEXT NOT NULL,
  tier        TEXT NOT NULL CHECK (tier IN ('county', 'district', 'unitary')),
  residents   INTEGER CHECK (residents > 0),           -- at the time; NULL for a district, whose residents the sums do not need
  period      TEXT NOT NULL DEFAULT '',     -- of when; '' without residents
  status      TEXT NOT NULL CHECK (status IN ('published', 'derived', 'none')),
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  note        TEXT NOT NULL DEFAULT '',     -- how a derived number came about
  PRIMARY KEY (round_id, stage, name),
  CHECK ((residents IS NULL) = (status = 'none')),
  CHECK (stage = 'before' OR tier = 'unitary'),
  CHECK (tier = 'district' OR residents IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE past_round_figure (            -- what was planned, set aside or reported; a figure nobody published has no row
  round_id    TEXT NOT NULL REFERENCES past_round(round_id),
  figure      TEXT NOT NULL,                -- recurring net saving, one-off cost, or in words what the model has no like of
  kind        TEXT NOT NULL CHECK (kind IN ('plan', 'budget', 'outturn')),
  said        TEXT NOT NULL,                -- when: YYYY or YYYY-MM
  unit        TEXT NOT NULL CHECK (unit IN ('£m', '£m a year')),
  value       REAL, low REAL, high REAL,    -- as printed, in the prices of its time
  author      TEXT NOT NULL,
  source_id   TEXT NOT NULL REFERENCES source(source_id),
  note        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (round_id, figure, kind, said),
  CHECK (value IS NOT NULL OR low IS NOT NULL OR high IS NOT NULL),
  CHECK (low IS NULL OR high IS NULL OR low <= high)
) STRICT, WITHOUT ROWID;

CREATE TABLE glossary (
  term        TEXT NOT NULL PRIMARY KEY,
  meaning     TEXT NOT NULL
) STRICT;

CREATE TABLE data_change (                  -- what changed in the dataset, newest last
  change_id   INTEGER NOT NULL PRIMARY KEY,
  date        TEXT NOT NULL,
  change      TEXT NOT NULL
) STRICT;

-- ---------------------------------------------------------------- derived by build, never dumped
CREATE TABLE meta (                         -- schema_version, tables_hash, data_version
  key         TEXT NOT NULL PRIMARY KEY,
  value       TEXT NOT NULL
) STRICT;

CREATE TABLE shape (                        -- boundaries ready to draw: National Grid metres, SVG path, y downward
  place_code  TEXT NOT NULL REFERENCES place(place_code),
  topology_id TEXT NOT NULL REFERENCES topology(topology_id),
  svg_path    TEXT NOT NULL,
  x_min INTEGER NOT NULL, y_min INTEGER NOT NULL, x_max INTEGER NOT NULL, y_max INTEGER NOT NULL,
  label_x     INTEGER NOT NULL, label_y INTEGER NOT NULL,   -- a point well inside
  area_m2     REAL NOT NULL,
  perimeter_m REAL NOT NULL,                -- of the simplified outline
  PRIMARY KEY (place_code, topology_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE shared_border (                -- simplified outline shared by two shapes of one topology
  topology_id TEXT NOT NULL REFERENCES topology(topology_id),
  a           TEXT NOT NULL REFERENCES place(place_code),
  b           TEXT NOT NULL REFERENCES place(place_code),
  metres      REAL NOT NULL,
  PRIMARY KEY (topology_id, a, b), CHECK (a < b)
) STRICT, WITHOUT ROWID;

CREATE TABLE block_resident (               -- residents by age band, of the year in `vintage`: authorities published, wards estimated
  block_code  TEXT NOT NULL REFERENCES place(place_code),
  band        TEXT NOT NULL CHECK (band IN ('0-17', '18-24', '25-64', '65-74', '75-84', '85+')),
  residents   INTEGER NOT NULL CHECK (residents >= 0),   -- wards add exactly to their authority
  status      TEXT NOT NULL CHECK (status IN ('published', 'estimated')),
  PRIMARY KEY (block_code, band)
) STRICT, WITHOUT ROWID;

CREATE TABLE fit (                          -- how a county's count of people in care is split between its parts
  outcome     TEXT NOT NULL PRIMARY KEY CHECK (outcome IN ('adults_long_term_support', 'children_looked_after', 'children_in_need', 'ehc_plans')),
  method      TEXT NOT NULL CHECK (method IN ('drivers', 'population share')),
  councils    INTEGER NOT NULL,             -- upper-tier authorities of England with figures
  error       REAL NOT NULL,                -- median error of the parts of former shire counties in care_record, as a fraction
  baseline_error REAL NOT NULL,             -- the same for the better plain share
  low_factor  REAL NOT NULL, high_factor REAL NOT NULL,  -- range, nominally 4 in 5: of a part's rate against the rest of its county (see services.py); never multiply a count by them
  words       TEXT NOT NULL,                -- the choice and its record, in sentences
  residents   TEXT NOT NULL,                -- residents that the split starts from
  pairs       INTEGER NOT NULL,             -- of councils that touch, from which powers are found
  city_low_factor REAL NOT NULL, city_high_factor REAL NOT NULL   -- range where a city is parted from the county around it
) STRICT;

CREATE TABLE fit_driver (                   -- expected count of a part = residents times each driver (a share) to its power
  outcome     TEXT NOT NULL REFERENCES fit(outcome),
  driver      TEXT NOT NULL,
  power       REAL NOT NULL CHECK (power >= 0),
  age_power   REAL NOT NULL CHECK (age_power >= 0),  -- the share of older residents to this power is divided out of the driver
  least       REAL NOT NULL, most REAL NOT NULL,     -- the driver is held between these, as found among the councils of England
  PRIMARY KEY (outcome, driver)
) STRICT, WITHOUT ROWID;

CREATE TABLE fit_coefficient (              -- what a count grows with in forecasts: compared across councils, not rates by age
  outcome     TEXT NOT NULL REFERENCES fit(outcome),
  driver      TEXT NOT NULL,
  coefficient REAL NOT NULL CHECK (coefficient >= 0),
  PRIMARY KEY (outcome, driver)
) STRICT, WITHOUT ROWID;

CREATE TABLE care_record (                  -- former counties split as if only their total were known, each without itself
  outcome     TEXT NOT NULL,
  place_code  TEXT NOT NULL REFERENCES former_county(place_code),
  published   REAL,                         -- all of a row's figures are missing where a part publishes no count
  predicted   REAL, low REAL, high REAL,    -- range nominally 4 in 5
  all_ages    REAL,                         -- by plain share of all residents
  age_band    REAL,                         -- by plain share of the age band concerned
  PRIMARY KEY (outcome, place_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE block_estimate (               -- estimated people in care by block, before scaling to any split
  block_code  TEXT NOT NULL REFERENCES place(place_code),
  outcome     TEXT NOT NULL REFERENCES fit(outcome),
  value       REAL NOT NULL,                -- scaled: blocks of a county add to its published count
  PRIMARY KEY (block_code, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE business_case_modelled (       -- the model's figure beside each published one that it has a like of
  case_id     INTEGER NOT NULL REFERENCES business_case(case_id),
  lens_id     TEXT NOT NULL REFERENCES lens(lens_id),
  modelled    REAL,                         -- in the case's unit; NULL: not paid back within 30 years
  PRIMARY KEY (case_id, lens_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE one_off_ratio (                -- published one-off costs against the model's, each published figure once
  ratio_id    TEXT NOT NULL PRIMARY KEY,    -- case-3, round-cornwall
  place       TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('business case', 'past round')),
  side        TEXT NOT NULL,                -- who paid; '' for a past round
  published   REAL NOT NULL,                -- £m; a range by its geometric middle
  modelled    REAL NOT NULL,                -- £m, halfway; of several proposals with one figure their geometric middle
  ratio       REAL NOT NULL CHECK (ratio > 0),
  held        INTEGER NOT NULL CHECK (held IN (0, 1))   -- inside the band made without it
) STRICT, WITHOUT ROWID;

CREATE TABLE one_off_band (                 -- one row: what a modelled one-off cost is multiplied by for its low and high
  band_id     INTEGER NOT NULL PRIMARY KEY CHECK (band_id = 1),
  low_factor  REAL NOT NULL CHECK (low_factor > 0),
  high_factor REAL NOT NULL CHECK (high_factor >= low_factor),
  nominal     REAL NOT NULL,                -- share of ratios that it is meant to hold
  ratios      INTEGER NOT NULL,
  inside      REAL NOT NULL,                -- share of the ratios that lie in it
  coverage    REAL NOT NULL                 -- share that lie in the band made without each in turn
) STRICT;

-- ---------------------------------------------------------------- indexes for how the app reads
CREATE INDEX ward_by_authority ON ward (authority_code);
CREATE INDEX shape_by_topology ON shape (topology_id);
