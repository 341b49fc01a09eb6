// Package plain holds programs that use database/sql directly.
package plain

import "github.com/nplusgone/nplusgone/testdata/rowuse"

// Sink keeps the results of the programs.
var Sink any

// Cases returns the programs of this layer.
func Cases() []rowuse.Case {
	return []rowuse.Case{
		gymSpots,
		forumThread,
		parcelsLate,
		apiKeys,
		warehousePick,
		wikiRename,
		newsSitemap,
		vesselExport,
		sensorImport,
		libraryImport,
		tenantTheme,
		petVaccination,
	}
}
