package payroll

import "time"

// Employee is somebody on the payroll.
type Employee struct {
	ID           int64 `xorm:"pk autoincr 'id'"`
	Badge        string
	Name         string
	DepartmentID *int64 `xorm:"'department_id'"`
	ManagerID    *int64 `xorm:"'manager_id'"`
	SalaryCents  int64
	Grade        int
}

func (Employee) TableName() string { return "employees" }

// Department is where an employee works.
type Department struct {
	ID       int64 `xorm:"pk autoincr 'id'"`
	Name     string
	SiteCode string
}

func (Department) TableName() string { return "departments" }

// Site is a place of the company.
type Site struct {
	Code    string `xorm:"pk"`
	Country string
}

func (Site) TableName() string { return "sites" }

// Timesheet is one day of work.
type Timesheet struct {
	ID         int64 `xorm:"pk autoincr 'id'"`
	EmployeeID int64 `xorm:"'employee_id'"`
	Day        time.Time
	Minutes    int
	Note       *string
}

func (Timesheet) TableName() string { return "timesheets" }

// Bracket is a step of the income tax.
type Bracket struct {
	ID      int64 `xorm:"pk autoincr 'id'"`
	Year    int
	From    int64 `xorm:"'from_cents'"`
	Percent int
}

func (Bracket) TableName() string { return "brackets" }

// Payslip is what an employee gets for a month.
type Payslip struct {
	ID         int64 `xorm:"pk autoincr 'id'"`
	EmployeeID int64 `xorm:"'employee_id'"`
	Period     string
	GrossCents int64
}

func (Payslip) TableName() string { return "payslips" }
