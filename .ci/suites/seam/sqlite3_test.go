package sqlite3

func suiteSetUp() (tearDown func()) {
	driverName = "sqlite3" // some tests open by it
	suiteRegister(driverName, &SQLiteDriver{})
	return func() {}
}
