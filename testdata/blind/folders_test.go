package blind_test

import (
	"github.com/nplusgone/nplusgone/testdata/blind"
	abilling "github.com/nplusgone/nplusgone/testdata/blind/a/billing"
	acampus "github.com/nplusgone/nplusgone/testdata/blind/a/campus"
	aclinic "github.com/nplusgone/nplusgone/testdata/blind/a/clinic"
	afleet "github.com/nplusgone/nplusgone/testdata/blind/a/fleet"
	ahelpdesk "github.com/nplusgone/nplusgone/testdata/blind/a/helpdesk"
	apodcasts "github.com/nplusgone/nplusgone/testdata/blind/a/podcasts"
	arecipes "github.com/nplusgone/nplusgone/testdata/blind/a/recipes"
	awarehouse "github.com/nplusgone/nplusgone/testdata/blind/a/warehouse"
	bclinic "github.com/nplusgone/nplusgone/testdata/blind/b/clinic"
	bdepot "github.com/nplusgone/nplusgone/testdata/blind/b/depot"
	bfleet "github.com/nplusgone/nplusgone/testdata/blind/b/fleet"
	bpayroll "github.com/nplusgone/nplusgone/testdata/blind/b/payroll"
	btickets "github.com/nplusgone/nplusgone/testdata/blind/b/tickets"
	ccourseware "github.com/nplusgone/nplusgone/testdata/blind/c/courseware"
	cfleet "github.com/nplusgone/nplusgone/testdata/blind/c/fleet"
	cintake "github.com/nplusgone/nplusgone/testdata/blind/c/intake"
	cloyalty "github.com/nplusgone/nplusgone/testdata/blind/c/loyalty"
	cpharmacy "github.com/nplusgone/nplusgone/testdata/blind/c/pharmacy"
	cpricing "github.com/nplusgone/nplusgone/testdata/blind/c/pricing"
	cregistry "github.com/nplusgone/nplusgone/testdata/blind/c/registry"
	cstorefront "github.com/nplusgone/nplusgone/testdata/blind/c/storefront"
	ctelemetry "github.com/nplusgone/nplusgone/testdata/blind/c/telemetry"
	cvenue "github.com/nplusgone/nplusgone/testdata/blind/c/venue"
)

// folders are the programs, by author and application.
var folders = []struct {
	name  string // path of the folder, relative to the module
	layer string // library between the program and database/sql
	cases func() []blind.Case
}{
	{"a/billing", "squirrel", abilling.Cases},
	{"a/campus", "gorm", acampus.Cases},
	{"a/clinic", "database/sql", aclinic.Cases},
	{"a/fleet", "sqlx", afleet.Cases},
	{"a/helpdesk", "database/sql", ahelpdesk.Cases},
	{"a/podcasts", "gorm", apodcasts.Cases},
	{"a/recipes", "sqlx", arecipes.Cases},
	{"a/warehouse", "database/sql", awarehouse.Cases},
	{"b/clinic", "ent", bclinic.Cases},
	{"b/depot", "bun", bdepot.Cases},
	{"b/fleet", "jet", bfleet.Cases},
	{"b/payroll", "xorm", bpayroll.Cases},
	{"b/tickets", "sqlc", btickets.Cases},
	{"c/courseware", "graph-gophers/graphql-go", ccourseware.Cases},
	{"c/fleet", "graphql-go/graphql", cfleet.Cases},
	{"c/intake", "database/sql", cintake.Cases},
	{"c/loyalty", "database/sql", cloyalty.Cases},
	{"c/pharmacy", "gorp", cpharmacy.Cases},
	{"c/pricing", "database/sql", cpricing.Cases},
	{"c/registry", "database/sql", cregistry.Cases},
	{"c/storefront", "database/sql", cstorefront.Cases},
	{"c/telemetry", "database/sql", ctelemetry.Cases},
	{"c/venue", "dbx", cvenue.Cases},
}
