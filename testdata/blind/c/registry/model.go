package registry

import "database/sql"

const tables = `
CREATE TABLE practices (id varchar(40) PRIMARY KEY, name varchar(40) NOT NULL);
CREATE TABLE patients (id varchar(40) PRIMARY KEY, name varchar(40) NOT NULL, practice_id varchar(40));
CREATE TABLE consents (patient_id varchar(40) NOT NULL, purpose varchar(20) NOT NULL);
CREATE TABLE visits (id varchar(40) PRIMARY KEY, patient_id varchar(40) NOT NULL, minutes integer);
CREATE TABLE aliases (kind varchar(10) NOT NULL, value varchar(40) NOT NULL, patient_id varchar(40) NOT NULL);
INSERT INTO practices VALUES ('9f1c', 'North'), ('a77e', 'Quay'), ('b0d2', 'Mill'), ('c5aa', 'Hill'), ('d9e0', 'Park'), ('e3b8', 'Dock');
INSERT INTO patients VALUES ('0b5e-11', 'Abel', 'a77e'), ('17cc-02', 'Bea', '9f1c'), ('1fa0-93', 'Cyd', NULL), ('2c41-20', 'Dan', 'c5aa'), ('33e9-77', 'Eli', 'b0d2'), ('4d4d-31', 'Flo', 'a77e'), ('58aa-64', 'Gil', 'd9e0'), ('6f02-18', 'Hua', 'e3b8'), ('7730-55', 'Ivo', '9f1c'), ('8be1-09', 'Joy', 'd9e0'), ('93d3-40', 'Kit', NULL), ('a1b7-88', 'Lin', 'c5aa');
INSERT INTO consents VALUES ('0b5e-11', 'research'), ('1fa0-93', 'research'), ('2c41-20', 'mail'), ('33e9-77', 'research'), ('6f02-18', 'mail'), ('8be1-09', 'research');
INSERT INTO visits VALUES ('v01', '0b5e-11', 10), ('v02', '0b5e-11', 25), ('v04', '17cc-02', NULL), ('v05', '2c41-20', 15), ('v09', '33e9-77', 30), ('v11', '33e9-77', 5), ('v12', '33e9-77', 12), ('v13', '7730-55', 40), ('v20', 'a1b7-88', 20);
INSERT INTO aliases VALUES ('health', '943-476', '4d4d-31'), ('email', 'lin@example.org', 'a1b7-88'), ('phone', '0700 11', '58aa-64');
`

// Practice is where doctors work.
type Practice struct{ ID, Name string }

func (*Practice) table() string   { return "practices" }
func (*Practice) columns() string { return "id, name" }
func (p *Practice) fields() []any { return []any{&p.ID, &p.Name} }

// Patient is a person of a practice, or of none.
type Patient struct {
	ID, Name string
	Practice sql.NullString
}

func (*Patient) table() string   { return "patients" }
func (*Patient) columns() string { return "id, name, practice_id" }
func (p *Patient) fields() []any { return []any{&p.ID, &p.Name, &p.Practice} }

// Visit is a visit of a patient.
type Visit struct {
	ID, Patient string
	Minutes     sql.NullInt64
}

func (*Visit) table() string   { return "visits" }
func (*Visit) columns() string { return "id, patient_id, minutes" }
func (v *Visit) fields() []any { return []any{&v.ID, &v.Patient, &v.Minutes} }

type registry struct {
	db        *sql.DB
	practices Repo[Practice, *Practice]
	patients  Repo[Patient, *Patient]
	visits    Repo[Visit, *Visit]
}

func newRegistry(db *sql.DB) *registry {
	return &registry{db, Repo[Practice, *Practice]{db}, Repo[Patient, *Patient]{db}, Repo[Visit, *Visit]{db}}
}
